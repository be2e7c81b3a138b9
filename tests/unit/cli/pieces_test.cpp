#include "cli/pieces.hpp"

#include <doctest/doctest.h>

using namespace cvgen;
using cli::Block;

namespace {

select::Unit unit(int parent) {
  select::Unit result;
  result.parent = parent;
  return result;
}

// An entry with two points, then two lines.
select::Units units() {
  select::Units units;
  for (const int parent : {-1, 0, 0, -1, -1}) units.list.push_back(unit(parent));
  return units;
}

const std::string start = "\\begin{document}\n\\makecvtitle\n", heading = "\\cvchunk\n\\cvunit{h 0}\n\\section{Work}\n", end = "\\cvunit{e}\n\\end{document}\n";
const std::string entry = "\\cvunit{u 0}\n\\cventry{a}{%\n  \\cvunit{u 1}\n  \\item x\n  \\cvunit{u 2}\n  \\item y\n  \\cvunit{x 0}}\n", line = "\\cvunit{u 3}\n\\cvline{b}\n", last = "\\cvunit{u 4}\n\\cvline{c}\n";
const std::string bare = "\\cvchunk\n\\cvunit{b 0}\n\\cventry{a}{}\n";

std::vector<std::string> keys(const cli::Blocks& blocks) {
  std::vector<std::string> result;
  for (const auto& block : blocks.list) result.push_back(block.key);
  return result;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) { return text.replace(text.find(from), from.size(), to); }

typeset::Node box(typeset::Scaled size) { return {typeset::Node::Kind::box, size}; }

}  // namespace

TEST_CASE("the blocks of a document, and which of them an edit changes") {
  const auto text = start + heading + entry + line + last + bare + end;
  const auto blocks = cli::blocks_of(text, units());
  REQUIRE(blocks.list.size() == 4);
  CHECK(blocks.separable);
  CHECK(blocks.list[0].unit == 0);
  CHECK(blocks.list[1].unit == 3);
  CHECK(blocks.list[3].unit == 0);
  CHECK(blocks.list[3].bare);
  const auto changed = [&](const std::string& other) {
    const auto found = cli::blocks_of(other, units());
    CHECK(found.frame == blocks.frame);
    std::string result;
    for (std::size_t i = 0; i < blocks.list.size(); ++i) result += found.list[i].key == blocks.list[i].key ? '-' : 'x';
    return result;
  };
  CHECK(changed(text) == "----");
  // A point: its entry, and what stands below that.
  CHECK(changed(replaced(text, "\\item y", "\\item yy")) == "xx--");
  CHECK(changed(replaced(text, "\\cvline{b}", "\\cvline{bb}")) == "-xx-");
  CHECK(changed(replaced(text, "\\cvline{c}", "\\cvline{cc}")) == "--x-");
  CHECK(changed(replaced(text, "\\cventry{a}{}", "\\cventry{aa}{}")) == "---x");
  // What is around them.
  for (const auto& [from, to] : {std::pair("\\makecvtitle", "\\title"), std::pair("\\section{Work}", "\\section{Jobs}"), std::pair("\\end{document}", "\\stop")}) {
    CHECK(cli::blocks_of(replaced(text, from, to), units()).frame != blocks.frame);
  }
  // A new box within a section stands between two units in one document and not in another.
  CHECK_FALSE(cli::blocks_of(start + heading + entry + "\\cvchunk\n" + line + last + bare + end, units()).separable);
}

TEST_CASE("a block has the same key where others have come before it") {
  auto more = units();
  more.list.insert(more.list.begin(), unit(-1));
  for (std::size_t i = 2; i < 4; ++i) more.list[i].parent = 1;
  const auto renumbered = replaced(replaced(replaced(replaced(entry, "u 2", "u 3"), "u 1", "u 2"), "u 0", "u 1"), "x 0", "x 1");
  const auto line4 = replaced(line, "u 3", "u 4"), last5 = replaced(last, "u 4", "u 5"), bare1 = replaced(bare, "b 0", "b 1");
  const auto before = keys(cli::blocks_of(start + heading + entry + line + last + bare + end, units()));
  const auto after = keys(cli::blocks_of(start + heading + "\\cvunit{u 0}\n\\cvline{new}\n" + renumbered + line4 + last5 + bare1 + end, more));
  REQUIRE(after.size() == 5);
  CHECK(after[1] != before[0]);  // it stands below another
  CHECK(std::vector(after.begin() + 2, after.end()) == std::vector(before.begin() + 1, before.end()));
}

TEST_CASE("pieces of a galley are kept by their blocks, and found again") {
  const auto all = units();
  const auto blocks = cli::blocks_of(start + heading + entry + line + last + bare + end, all);
  typeset::Galley galley;
  galley.measures.text_height = 700 * typeset::point;
  galley.start = {box(1)};
  galley.headings = {{box(2)}};
  galley.pieces.resize(all.list.size());
  for (std::size_t i = 0; i < galley.pieces.size(); ++i) galley.pieces[i].own = {box(static_cast<typeset::Scaled>(10 + i))};
  galley.pieces[0].bare = {box(20)};
  galley.pieces[0].list_end = {{typeset::Node::Kind::glue, -3, 0, 4, 5, 1, -51, 7, true, true}};
  galley.pieces[0].after = {{typeset::Node::Kind::keep}};

  const auto known = cli::known_of(blocks, all, galley, {{"cv.aux", "words\n"}});
  auto other = known.galley;
  other.pieces.resize(all.list.size());
  for (const auto& block : blocks.list) CHECK(cli::put_pieces(known, block, all, other));
  CHECK(other == galley);
  CHECK_FALSE(cli::put_pieces(known, Block{3, false, "unknown"}, all, other));

  typeset::Galley copy;
  copy.pieces.resize(all.list.size());
  cli::copy_pieces(galley, blocks.list[0], all, copy);
  CHECK(copy.pieces[2].own == galley.pieces[2].own);
  CHECK(copy.pieces[0].bare.empty());
  CHECK(copy.pieces[3].own.empty());
  cli::copy_pieces(galley, blocks.list[3], all, copy);
  CHECK(copy.pieces[0] == galley.pieces[0]);
}

TEST_CASE("lists as text") {
  typeset::VerticalList list = {box(5), {typeset::Node::Kind::glue, -3, 0, 4, 5, 1, -51, 7, true, true}, {typeset::Node::Kind::penalty, 0, 0, 0, 0, 0, 10000}};
  std::string text;
  typeset::write_list(list, text);
  typeset::write_list({}, text);
  std::string_view rest = text;
  CHECK(typeset::take_list(rest) == list);
  CHECK(typeset::take_list(rest) == typeset::VerticalList());
  CHECK(rest.empty());
  CHECK_FALSE(typeset::take_list(rest));
  for (const char* wrong : {"", "x ", "1 ", "1 99 0 0 0 0 0 0 0 0 0 ", "1 0 0 0 0 x 0 0 0 0 0 ", "99999999999999999999 "}) {
    rest = wrong;
    CHECK_FALSE(typeset::take_list(rest));
  }
}
