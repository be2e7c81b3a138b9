// Fonts of Type 1, written by the book.
#pragma once

#include <string>

namespace font_maker {

// As the book writes it, page 63.
inline std::string encrypted(const std::string& plain, unsigned short r) {
  std::string cipher;
  for (const unsigned char byte : plain) {
    const auto c = static_cast<unsigned char>(byte ^ (r >> 8));
    r = static_cast<unsigned short>((c + r) * 52845 + 22719);
    cipher.push_back(static_cast<char>(c));
  }
  return cipher;
}

inline std::string segment(char kind, const std::string& bytes) {
  const auto n = bytes.size();
  return std::string{'\x80', kind, static_cast<char>(n), static_cast<char>(n >> 8), static_cast<char>(n >> 16), static_cast<char>(n >> 24)} + bytes;
}

inline std::string glyph(const std::string& name, const std::string& code) {
  const auto charstring = encrypted("0000" + code, 4330);
  return "/" + name + " " + std::to_string(charstring.size()) + " RD " + charstring + " ND\n";
}

inline std::string font(const std::string& count, const std::string& glyphs, const std::string& before = "") {
  return segment(1, "%!PS-AdobeFont-1.0: Test\ncurrentfile eexec\n") +
         segment(2, encrypted("0000dup /Private 8 dict dup begin\n" + before + "2 index /CharStrings " + count + " dict dup begin\n" + glyphs + "end\nmark currentfile closefile\n", 55665)) +
         segment(1, "0000\ncleartomark\n") + "\x80\x03";
}

inline std::string subroutine(int number, const std::string& code) {
  const auto charstring = encrypted("0000" + code, 4330);
  return "dup " + std::to_string(number) + " " + std::to_string(charstring.size()) + " RD " + charstring + " NP\n";
}

// Numbers of one byte.
inline std::string number(int value) { return std::string(1, static_cast<char>(139 + value)); }

inline const std::string callsubr = "\x0A", return_ = "\x0B", endchar = "\x0E", callothersubr = "\x0C\x10", pop = "\x0C\x11", div_ = "\x0C\x0C", rlineto = "\x05";

// The encrypted part of a font.
inline std::string cipher(const std::string& pfb) {
  const auto begin = pfb.find("\x80\x02") + 6;
  return pfb.substr(begin, pfb.find("\x80\x01", begin) - begin);
}

}  // namespace font_maker
