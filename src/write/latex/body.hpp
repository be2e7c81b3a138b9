// The person and the sections of a CV, or its letter, as commands of the template vocabulary.
#pragma once

#include "model/cv.hpp"
#include "model/template.hpp"
#include "write/latex/document.hpp"
#include "write/latex/escape.hpp"
#include "write/latex/lines.hpp"

namespace cvgen::latex {

// "Dr. Ada Lovelace, PhD"
std::string whole_name(const model::Person& person, model::Language language);

// \name, \title, \cvcontact, ...: what \makecvtitle prints.
Lines head(const model::Cv& cv, const std::string& photo_name, const model::ResolvedSettings& settings, Escaper& escaper);

// \section, \cventry, ... of some sections of the CV. With marks, for a document that is measured, which ends with what is
// `last`.
Lines body(const model::Cv& cv, const std::vector<const model::Section*>& sections, Escaper& escaper, const Marks* marks, bool last);

// The commands of a letter: \cvletterrecipient, \cvletterparagraph, ... of the CV's.
Lines letter(const model::Cv& cv, Escaper& escaper);

// \cvmetadata with title, author, subject, keywords and language of the document.
Lines metadata(const model::Cv& cv, const model::Template& look, const model::ResolvedSettings& settings);

}  // namespace cvgen::latex
