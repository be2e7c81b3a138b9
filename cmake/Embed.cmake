# Puts the schema, the templates and the names of characters into the binary (src/embedded.hpp), so that the installed
# program needs no files beside it.

function(cvgen_embed target)
  set(root ${CMAKE_CURRENT_SOURCE_DIR})
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  file(MAKE_DIRECTORY ${out})

  set(names ${out}/unicode-names.txt)
  add_custom_command(OUTPUT ${names} DEPENDS ${root}/cmake/unicode-names.pl
                     COMMAND ${PERL_EXECUTABLE} ${root}/cmake/unicode-names.pl ${names} VERBATIM
                     COMMENT "Listing the names of characters")

  file(GLOB_RECURSE templates CONFIGURE_DEPENDS RELATIVE ${root}/latex-templates ${root}/latex-templates/*)
  list(SORT templates)
  set(files ${root}/schema/cv.xsd ${root}/schema/template.xsd ${names})
  set(labels schema template_schema unicode_names)
  set(table "")
  set(index 0)
  foreach(template IN LISTS templates)
    list(APPEND files ${root}/latex-templates/${template})
    list(APPEND labels template_${index})
    string(APPEND table "    {\"${template}\", view(cvgen_embedded_template_${index}, cvgen_embedded_template_${index}_end)},\n")
    math(EXPR index "${index} + 1")
  endforeach()

  set(assembly "    .section .note.GNU-stack,\"\",@progbits\n    .section .rodata\n")
  set(declarations "")
  foreach(label file IN ZIP_LISTS labels files)
    set(symbol cvgen_embedded_${label})
    string(APPEND assembly "    .global ${symbol}\n    .global ${symbol}_end\n${symbol}:\n    .incbin \"${file}\"\n${symbol}_end:\n    .byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[];\nextern const char ${symbol}_end[];\n")
  endforeach()
  file(CONFIGURE OUTPUT ${out}/embedded.S CONTENT "${assembly}" @ONLY)
  file(CONFIGURE OUTPUT ${out}/embedded.cpp @ONLY CONTENT [[
#include "embedded.hpp"

extern "C" {
@declarations@}

namespace cvgen::embedded {
namespace {

std::string_view view(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

}  // namespace

std::string_view schema() { return view(cvgen_embedded_schema, cvgen_embedded_schema_end); }

std::string_view template_schema() { return view(cvgen_embedded_template_schema, cvgen_embedded_template_schema_end); }

std::string_view unicode_names() { return view(cvgen_embedded_unicode_names, cvgen_embedded_unicode_names_end); }

std::span<const File> latex_templates() {
  static const File files[] = {
@table@  };
  return files;
}

}  // namespace cvgen::embedded
]])
  set_source_files_properties(${out}/embedded.S PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE ${out}/embedded.S ${out}/embedded.cpp)
endfunction()
