#include "typeset/hooks.hpp"

namespace cvgen::typeset {

// The commands of lthooks.dtx are not public, so their meaning is compared first; the digest is of LaTeX 2022-11-01. "cvgen sorted
// NAME" is the code of that hook, by packages, as it was last sorted; what the document itself adds to a hook comes last, unsorted,
// from a place of its own. Packages that add to \@begindocumenthook and its like tell nobody.
// After that, what expl3 finds out at \begin{document} of the commands that change case, of which none is the document's own.
std::string_view sorted_hooks() {
  return R"(\begingroup\makeatletter\ExplSyntaxOn
\str_if_eq:eeT
  { \pdfmdfivesum
      {
        \meaning \__hook_initialize_all: \meaning \@expl@@@initialize@all@@ \meaning \__hook_initialize_hook_code:n
        \meaning \__hook_initialize_single:NNn \meaning \__hook_update_hook_code:n \meaning \__hook_include_legacy_code_chunk:n
        \meaning \__hook_make_usable:n \meaning \__hook_disable:n \meaning \__hook_gput_code:nnn \meaning \__hook_gremove_code:nn
        \meaning \__hook_gset_rule:nnnn \meaning \hook_use:n \meaning \__hook_preamble_hook:n \meaning \__hook_use_once:n
        \meaning \__hook_use_once_clear:n \meaning \__hook_use_initialized:n
      } }
  { AF5488170EF6112D5EC4B8213DE47BE2 }
  {
    \cs_new_protected:Npn \__cvgen_sort:n #1
      { \__hook_initialize_hook_code:n {#1} \cs_gset_eq:cc { cvgen~sorted~#1 } { g__hook_#1_code_prop } }
    \cs_new_protected:Npn \__cvgen_sort_changed:n #1
      { \cs_if_eq:ccF { cvgen~sorted~#1 } { g__hook_#1_code_prop } { \__cvgen_sort:n {#1} } }
    \seq_map_function:NN \g__hook_all_seq \__cvgen_sort:n
    \cs_new_eq:NN \__cvgen_gset_rule:nnnn \__hook_gset_rule:nnnn
    \cs_gset_protected:Npn \__hook_gset_rule:nnnn #1
      {
        \str_if_eq:nnTF {#1} { ?? }
          { \seq_map_inline:Nn \g__hook_all_seq { \cs_undefine:c { cvgen~sorted~##1 } } }
          { \cs_undefine:c { cvgen~sorted~#1 } }
        \__cvgen_gset_rule:nnnn {#1}
      }
    \cs_gset_protected:Npn \__hook_initialize_all:
      {
        \cs_gset_eq:NN \__hook_update_hook_code:n \__cvgen_sort_changed:n
        \seq_map_inline:Nn \g__hook_all_seq
          {
            \__hook_include_legacy_code_chunk:n {##1}
            \__cvgen_sort_changed:n {##1}
          }
        \cs_gset_eq:NN \hook_use:n \__hook_use_initialized:n
        \cs_gset_eq:NN \__hook_preamble_hook:n \use_none:n
      }
    \cs_gset_eq:NN \@expl@@@initialize@all@@ \__hook_initialize_all:
  }
\ExplSyntaxOff\endgroup
\ExplSyntaxOn
\str_if_eq:eeT
  { \pdfmdfivesum { \exp_after:wN \token_to_meaning:N \cs:w @kernel@after@begindocument \cs_end: } }
  { 5C10D636A055AB9EE6F8105D40217977 }
  {
    \cs_set:Npn \__cvgen_case:w #1 \group_begin: #2 \group_end: #3 \group_begin: #4 \group_end: #5 \q_stop
      { \tl_gset:cn { @kernel@after@begindocument } { #1 #5 } \group_begin: #2 \group_end: #3 \group_begin: #4 \group_end: }
    \exp_last_unbraced:Nv \__cvgen_case:w { @kernel@after@begindocument } \q_stop
  }
\ExplSyntaxOff
)";
}

}  // namespace cvgen::typeset
