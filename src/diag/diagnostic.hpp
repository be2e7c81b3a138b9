// What cvgen has to say about a document: data only. diag/render turns it into words.
//
// Style of the words: lower case, no full stop. The message stands alone, a label says what is at its span,
// help says what to do. One fault, one diagnostic.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diag/codes.hpp"
#include "diag/source.hpp"

namespace cvgen::diag {

enum class Severity { error, warning };

struct Label {
  Span span;
  std::string text;  // may be empty
};

// A piece of a file replaced.
struct Edit {
  Span span;
  std::string replacement;
};

struct Diagnostic {
  Code code;
  std::string message;
  std::optional<Label> primary;   // none: the fault is not in a file (a missing program, an option)
  std::vector<Label> secondary;
  std::vector<std::string> help;
  std::vector<std::string> notes;
  std::vector<Edit> fix;           // all of them together would cure the fault; offered only when near-certain

  Severity severity() const { return cvgen::diag::severity(code); }

  // For building in one expression.
  Diagnostic&& label(std::string text) && { primary->text = std::move(text); return std::move(*this); }
  Diagnostic&& also(Span span, std::string text) && { secondary.push_back({span, std::move(text)}); return std::move(*this); }
  Diagnostic&& helps(std::string text) && { help.push_back(std::move(text)); return std::move(*this); }
  Diagnostic&& notes_that(std::string text) && { notes.push_back(std::move(text)); return std::move(*this); }
  Diagnostic&& fixed_by(Span span, std::string text) && { fix = {{span, std::move(text)}}; return std::move(*this); }
};

inline Diagnostic at(Span span, Code code, std::string message) { return {code, std::move(message), Label{span, {}}, {}, {}, {}, {}}; }
inline Diagnostic nowhere(Code code, std::string message) { return {code, std::move(message), {}, {}, {}, {}, {}}; }

// Collects diagnostics; phases add to it and go on.
class Sink {
 public:
  void add(Diagnostic diagnostic);
  // Adds what another sink has and this one did not have: of one code at one place, or of one message without a place,
  // the first is enough.
  void merge(const Sink& other);
  bool has_errors() const { return errors_ > 0; }
  std::size_t error_count() const { return errors_; }
  std::size_t warning_count() const { return list_.size() - errors_; }
  // In order of place (file, offset), those without a place last; equal ones in order of arrival.
  std::vector<Diagnostic> sorted() const;

 private:
  std::vector<Diagnostic> list_;
  std::size_t errors_ = 0;
};

}  // namespace cvgen::diag
