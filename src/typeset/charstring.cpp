#include "typeset/charstring.hpp"

#include <array>

namespace cvgen::typeset {
namespace {

template <bool decrypts>
std::string crypt(std::string_view bytes, std::uint16_t key) {
  constexpr unsigned c1 = 52845, c2 = 22719;
  std::string result(bytes);
  for (char& byte : result) {
    const auto in = static_cast<unsigned char>(byte);
    const auto out = static_cast<unsigned char>(in ^ (key >> 8U));
    key = static_cast<std::uint16_t>(((decrypts ? in : out) + key) * c1 + c2);
    byte = static_cast<char>(out);
  }
  return result;
}

enum class Command : std::uint8_t { none, callsubr, seac, callothersubr, pop, other };

struct Token {
  std::size_t begin = 0, end = 0;
  Command command = Command::none;  // none: a number
  std::int32_t number = 0;

  bool is(std::int32_t value) const { return command == Command::none && number == value; }
};

// Takes a number or a command off the bytes from `at` on. Nothing if they end within it.
std::optional<Token> take_token(std::string_view bytes, std::size_t& at) {
  Token token;
  token.begin = at;
  bool whole = true;
  const auto next = [&]() -> std::int32_t {
    whole = whole && at < bytes.size();
    return whole ? static_cast<unsigned char>(bytes[at++]) : 0;
  };
  const auto byte = next();
  if (byte == 255) {
    std::uint32_t number = 0;
    for (int i = 0; i < 4; ++i) number = number << 8U | static_cast<std::uint32_t>(next());
    token.number = static_cast<std::int32_t>(number);
  } else if (byte > 250) {
    token.number = -(byte - 251) * 256 - 108 - next();
  } else if (byte > 246) {
    token.number = (byte - 247) * 256 + 108 + next();
  } else if (byte >= 32) {
    token.number = byte - 139;
  } else if (byte == 10) {
    token.command = Command::callsubr;
  } else if (byte == 12) {
    const auto escaped = next();
    token.command = escaped == 6 ? Command::seac : escaped == 16 ? Command::callothersubr : escaped == 17 ? Command::pop : Command::other;
  } else {
    token.command = Command::other;
  }
  token.end = at;
  return whole ? std::optional(token) : std::nullopt;
}

// The shortest form of a number that names a subroutine.
std::string number_in_bytes(int number) {
  if (number < 108) return std::string(1, static_cast<char>(number + 139));
  if (number < 1132) return {static_cast<char>((number - 108) / 256 + 247), static_cast<char>((number - 108) % 256)};
  std::string result(1, '\xFF');
  for (int shift = 24; shift >= 0; shift -= 8) result.push_back(static_cast<char>(static_cast<unsigned>(number) >> static_cast<unsigned>(shift)));
  return result;
}

}  // namespace

std::string encrypted(std::string_view plain, std::uint16_t key) { return crypt<false>(plain, key); }
std::string decrypted(std::string_view cipher, std::uint16_t key) { return crypt<true>(cipher, key); }

bool replaces_hints(std::string_view plain) {
  // 1 3 callothersubr pop callsubr return
  return plain.size() > encryption_lead && plain.substr(encryption_lead) == "\x8C\x8E\x0C\x10\x0C\x11\x0A\x0B";
}

std::optional<Code> read_code(std::string_view plain, bool fourth_replaces_hints) {
  Code code;
  std::array<Token, 8> last;  // a ring
  std::size_t count = 0;
  // The token so many before the last one; there is always one before the first that is no number.
  const auto before = [&](std::size_t steps) -> const Token& { return last[(count + last.size() - steps) % last.size()]; };
  for (auto& token : last) token.command = Command::other;
  for (std::size_t at = encryption_lead; at < plain.size(); ++count) {
    const auto token = take_token(plain, at);
    if (!token) return std::nullopt;
    last[count % last.size()] = *token;
    if (token->command == Command::seac) code.composite = true;
    if (token->command != Command::callsubr) continue;
    const auto* name = &before(1);
    if (name->is(4) && fourth_replaces_hints) name = &before(2);
    else if (name->command == Command::pop && before(2).command == Command::callothersubr && before(3).is(3) && before(4).is(1)) name = &before(5);
    if (name->command != Command::none || name->number < 0) return std::nullopt;
    code.calls.push_back({name->begin, name->end, name->number});
  }
  return code;
}

std::string with_calls(std::string_view plain, const Code& code, const std::vector<int>& numbers) {
  std::string result;
  std::size_t at = 0;
  for (const auto& call : code.calls) {
    result.append(plain.substr(at, call.begin - at)).append(number_in_bytes(numbers[static_cast<std::size_t>(call.subroutine)]));
    at = call.end;
  }
  return result.append(plain.substr(at));
}

}  // namespace cvgen::typeset
