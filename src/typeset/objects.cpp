#include "typeset/objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "text/cut.hpp"
#include "text/number.hpp"
#include "typeset/flate.hpp"
#include "typeset/stream_object.hpp"

namespace cvgen::typeset {
namespace {

constexpr std::size_t most_objects = 8'388'607;  // ISO 32000-1, annex C

// Of one object, by its number: 0, the next free one, its generation; 1, its place in the file, its generation; 2, the number of the
// stream that it is in, its index there.
using Row = std::array<std::uint64_t, 3>;

struct References {
  std::vector<Row> rows;
  std::size_t begin = 0;         // of the section
  std::string_view dictionary;   // of the stream, up to its length; or what comes behind the table
  bool is_stream = false;
  int width = 0;                 // bytes of a row's last number
};

bool take(std::string_view& rest, std::string_view text) {
  if (!rest.starts_with(text)) return false;
  rest.remove_prefix(text.size());
  return true;
}

// The number behind the name of an entry.
std::optional<std::uint64_t> number_at(std::string_view dictionary, std::string_view name) {
  const auto at = dictionary.find(name);
  if (at == std::string_view::npos) return std::nullopt;
  dictionary.remove_prefix(at + name.size());
  return text::take_number<std::uint64_t>(dictionary);
}

// "xref\n0 3\n0000000001 00000 f \n0000000015 00000 n \n...trailer\n"
std::optional<References> read_table(std::string_view rest) {
  References references;
  if (!take(rest, "xref\n0 ")) return std::nullopt;
  const auto count = text::take_number<std::uint64_t>(rest);
  if (!count || *count > most_objects || !take(rest, "\n")) return std::nullopt;
  for (std::uint64_t i = 0; i < *count; ++i) {
    constexpr std::size_t length = 20;
    auto line = rest.substr(0, length);
    const auto digits = [&](std::size_t size) {
      auto text = line.substr(0, size);
      line.remove_prefix(text.size());
      return text::take_number<std::uint64_t>(text);
    };
    const auto place = digits(10);
    if (!place || !take(line, " ")) return std::nullopt;
    const auto generation = digits(5);
    const bool used = line == " n \n";
    if (!generation || !(used || line == " f \n")) return std::nullopt;
    references.rows.push_back({used ? 1U : 0U, *place, *generation});
    rest.remove_prefix(length);
  }
  if (!rest.starts_with("trailer\n")) return std::nullopt;
  references.dictionary = rest;
  return references;
}

// "9 0 obj\n<<\n/Type /XRef\n/Index [0 10]\n/Size 10\n/W [1 3 1]\n..."
std::optional<References> read_stream(std::string_view object) {
  constexpr std::string_view widths = "\n/W [1 ";
  const auto stream = read_stream_object(object);
  if (!stream) return std::nullopt;
  References references;
  references.is_stream = true;
  references.dictionary = stream->head;
  const auto& words = references.dictionary;
  const auto has = [&](std::string_view word) { return words.find(word) != std::string_view::npos; };
  if (!has("\n/Type /XRef\n") || has("/Prev") || has("/DecodeParms")) return std::nullopt;
  const auto count = number_at(words, "\n/Index [0 "), width = number_at(words, widths);
  if (!count || *count > most_objects || !width || *width < 1 || *width > 8) return std::nullopt;
  auto last = words.substr(words.find(widths) + widths.size());
  text::cut(last, ' ');
  const auto last_width = text::take_number<std::uint64_t>(last);
  if (!last_width || *last_width > 2 || !last.starts_with("]\n")) return std::nullopt;
  references.width = static_cast<int>(*last_width);

  const auto row = 1 + *width + *last_width;
  const auto bytes = stream->packed ? inflated(stream->bytes, *count * row) : std::optional(std::string(stream->bytes));
  if (!bytes || bytes->size() != *count * row) return std::nullopt;
  std::string_view left = *bytes;
  const auto number = [&](std::uint64_t size) {
    std::uint64_t value = 0;
    for (std::uint64_t i = 0; i < size; ++i) value = value << 8U | static_cast<unsigned char>(left[i]);
    left.remove_prefix(size);
    return value;
  };
  while (!left.empty()) {
    const auto kind = number(1), first = number(*width), second = number(*last_width);
    references.rows.push_back({kind, first, second});
  }
  return references;
}

std::optional<References> read_references(std::string_view pdf) {
  constexpr std::string_view heading = "\nstartxref\n";
  const auto at = pdf.rfind(heading);
  if (at == std::string_view::npos) return std::nullopt;
  auto rest = pdf.substr(at + heading.size());
  const auto begin = text::take_number<std::uint64_t>(rest);
  if (!begin || *begin >= at || rest != "\n%%EOF\n") return std::nullopt;
  auto references = pdf.substr(*begin).starts_with("xref\n") ? read_table(pdf.substr(*begin)) : read_stream(pdf.substr(*begin, at + 1 - *begin));
  if (references) references->begin = *begin;
  return references;
}

// As wide as the largest place in the file needs it.
std::string stream_with(const References& references) {
  const auto& rows = references.rows;
  const auto largest = std::max_element(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a[1] < b[1]; });
  int width = 1;
  while (width < 8 && (*largest)[1] >> (8U * static_cast<unsigned>(width)) != 0) ++width;
  std::string bytes;
  const auto add = [&](std::uint64_t value, int size) {
    for (int i = size; i-- > 0;) bytes.push_back(static_cast<char>(value >> (8U * static_cast<unsigned>(i)) & 0xFFU));
  };
  for (const auto& row : rows) {
    add(row[0], 1);
    add(row[1], width);
    add(row[2], references.width);
  }
  std::string head;
  for (auto rest = references.dictionary; !rest.empty();) {
    const auto line = text::cut(rest, '\n');
    if (line.starts_with("/W ")) head += fmt::format("/W [1 {} {}]\n", width, references.width);
    else head.append(line).append("\n");
  }
  return packed_stream_object(head, Deflater().deflated(bytes));
}

std::string table_with(const References& references) {
  auto result = fmt::format("xref\n0 {}\n", references.rows.size());
  for (const auto& row : references.rows) result += fmt::format("{:010} {:05} {} \n", row[1], row[2], row[0] == 1 ? 'n' : 'f');
  return result.append(references.dictionary.substr(0, references.dictionary.rfind("startxref\n")));
}

}  // namespace

std::optional<std::string> with_objects(std::string_view pdf, const Change& change) {
  auto references = read_references(pdf);
  if (!references) return std::nullopt;
  std::vector<std::size_t> numbers;  // of the objects, as they follow each other
  std::optional<std::size_t> own;    // of the stream of references
  for (std::size_t i = 0; i < references->rows.size(); ++i) {
    const auto& row = references->rows[i];
    if (row[0] != 1) continue;
    if (row[1] == references->begin) own = i;
    else numbers.push_back(i);
  }
  const auto place = [&](std::size_t number) -> std::uint64_t& { return references->rows[number][1]; };
  std::sort(numbers.begin(), numbers.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  if (numbers.empty() || place(numbers.back()) > references->begin) return std::nullopt;

  std::string result(pdf.substr(0, place(numbers.front())));
  result.reserve(pdf.size());
  bool changed = false;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    auto& begin = place(numbers[i]);
    const auto end = i + 1 < numbers.size() ? place(numbers[i + 1]) : references->begin;
    const auto object = pdf.substr(begin, end - begin);
    if (!object.starts_with(fmt::format("{} 0 obj\n", numbers[i])) || !object.ends_with("endobj\n")) return std::nullopt;
    begin = result.size();
    const auto other = change(object);
    changed = changed || other;
    result.append(other ? *other : object);
  }
  if (!changed) return std::nullopt;
  const auto begin = result.size();
  if (own) place(*own) = begin;
  result += references->is_stream ? stream_with(*references) : table_with(*references);
  return result + fmt::format("startxref\n{}\n%%EOF\n", begin);
}

}  // namespace cvgen::typeset
