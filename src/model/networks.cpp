#include "model/networks.hpp"

#include <algorithm>

namespace cvgen::model {
namespace {

constexpr Network table[] = {
    {"arxiv", "https://arxiv.org/a/", ""},
    {"bitbucket", "https://bitbucket.org/", ""},
    {"bluesky", "https://bsky.app/profile/", ""},
    {"codeberg", "https://codeberg.org/", ""},
    {"dblp", "https://dblp.org/pid/", ""},
    {"facebook", "https://www.facebook.com/", ""},
    {"github", "https://github.com/", ""},
    {"gitlab", "https://gitlab.com/", ""},
    {"googlescholar", "https://scholar.google.com/citations?user=", "Google Scholar"},
    {"huggingface", "https://huggingface.co/", ""},
    {"instagram", "https://www.instagram.com/", ""},
    {"kaggle", "https://www.kaggle.com/", ""},
    {"linkedin", "https://www.linkedin.com/in/", ""},
    {"medium", "https://medium.com/@", ""},
    {"openreview", "https://openreview.net/profile?id=", "OpenReview"},
    {"orcid", "https://orcid.org/", ""},
    {"researchgate", "https://www.researchgate.net/profile/", ""},
    {"semanticscholar", "https://www.semanticscholar.org/author/", ""},
    {"stackoverflow", "https://stackoverflow.com/users/", ""},
    {"telegram", "https://t.me/", ""},
    {"twitter", "https://twitter.com/", ""},
    {"x", "https://x.com/", ""},
    {"xing", "https://www.xing.com/profile/", ""},
    {"youtube", "https://www.youtube.com/@", ""},
};

}  // namespace

std::span<const Network> networks() { return table; }

const Network* find_network(std::string_view name) {
  const auto found = std::find_if(std::begin(table), std::end(table), [&](const Network& n) { return n.name == name; });
  return found == std::end(table) ? nullptr : found;
}

}  // namespace cvgen::model
