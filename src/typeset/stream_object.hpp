// An object of a PDF that is a stream (ISO 32000-1, 7.3.8), as pdfTeX lays it out:
//   "5 0 obj\n<<\n/Name ...\n/Length 2582      \n>>\nstream\n...\nendstream\nendobj\n", with or without the filter behind the length.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace cvgen::typeset {

struct StreamObject {
  std::string_view head;   // up to the length
  std::string_view bytes;
  bool packed = false;     // by FlateDecode
};

// Nothing if it isn't one that is laid out like that.
std::optional<StreamObject> read_stream_object(std::string_view object);

// With these bytes, which are packed.
std::string packed_stream_object(std::string_view head, std::string_view bytes);

}  // namespace cvgen::typeset
