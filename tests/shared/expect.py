"""What a CV's XML says must be on the page. Written from the schema's documentation, not from cvgen's source, so that the
two can be compared."""

import re
import unicodedata
import xml.etree.ElementTree as ET
from xml.etree import ElementInclude
from dataclasses import dataclass, field

SCRIPT = "\x01"  # stands where a subscript or superscript begins or ends: a blank may show up there

MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
SEASONS = {"spring": "Spring", "summer": "Summer", "autumn": "Fall", "fall": "Fall", "winter": "Winter"}
STATUS = {"accepted": "to appear", "in-press": "in press", "under-review": "under review",
          "in-preparation": "in preparation", "preprint": "preprint", "filed": "filed", "granted": "granted"}
QUOTES = {"en": "“”‘’", "de": "„“‚‘", "fr": ("«\u00a0", "\u00a0»", "“", "”"), "es": "«»“”", "it": "«»“”",
          "pt": "“”‘’", "nl": "‘’“”"}
TITLES = {name: name.capitalize() for name in
          "summary education experience projects publications awards talks teaching service mentoring skills languages "
          "certifications grants patents memberships volunteering interests news references".split()}
# Networks whose addresses are used in the CVs under test.
PROFILES = {"linkedin": "https://www.linkedin.com/in/", "github": "https://github.com/", "gitlab": "https://gitlab.com/",
            "orcid": "https://orcid.org/", "googlescholar": "https://scholar.google.com/citations?user=",
            "bitbucket": "https://bitbucket.org/", "dblp": "https://dblp.org/pid/", "x": "https://x.com/",
            "twitter": "https://twitter.com/", "bluesky": "https://bsky.app/profile/", "xing": "https://www.xing.com/profile/",
            "stackoverflow": "https://stackoverflow.com/users/", "codeberg": "https://codeberg.org/",
            "huggingface": "https://huggingface.co/", "kaggle": "https://www.kaggle.com/",
            "researchgate": "https://www.researchgate.net/profile/"}

ENTRIES = set("degree job position project award talk course activity certification grant membership entry publication "
              "patent reference employment".split())
LOOSE = {"skill", "mentee", "interest", "language"}


@dataclass
class Text:
    text: str
    date: bool = False


@dataclass
class Item:
    """An entry, a line, a paragraph: its parts in whatever order, and its bullets in the order of the file."""
    name: str
    parts: list = field(default_factory=list)
    bullets: list = field(default_factory=list)  # (depth, text)


@dataclass
class Section:
    title: str
    items: list = field(default_factory=list)
    kind: str = "section"


@dataclass
class Cv:
    name: str = ""
    language: str = "en"
    head: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    addresses: set = field(default_factory=set)
    targets: set = field(default_factory=set)  # ids that links of the file lead to
    bullet_items: int = 0
    photo: str = ""

    def texts(self):
        yield from self.head
        for section in self.sections:
            yield Text(section.title)
            for item in section.items:
                yield from item.parts
                yield from (Text(text) for _, text in item.bullets)


def collapse(text):
    return unicodedata.normalize("NFC", re.sub("[ \t\r\n]+", " ", text).strip(" "))


class Reader:
    def __init__(self, root):
        self.root = root
        self.lang = root.get("lang", "en").strip()
        self.depth = 0

    # --- text

    def flat(self, element):
        out = element.text or ""
        for child in element:
            if child.tag == "br":
                out += " "
            elif child.tag == "q":
                marks = QUOTES[self.lang]
                first = 2 * (self.depth % 2)
                self.depth += 1
                out += marks[first] + self.flat(child) + marks[first + 1]
                self.depth -= 1
            elif child.tag in ("sub", "sup"):
                out += SCRIPT + self.flat(child) + SCRIPT
            elif self.leans(child):
                out += self.flat(child) + SCRIPT
            elif child.tag != "highlights":
                out += self.flat(child)
            out += child.tail or ""
        return out

    @staticmethod
    def leans(element):
        """Whether the italic correction after it may look like a blank: before a parenthesis, or after nested marks."""
        return element.tag in ("b", "i") and (element.tail or " ")[0] in ("()" if len(element) == 0 else "(),.;:")

    def text(self, element):
        return collapse(self.flat(element))

    # --- dates, in English; of other languages the years

    def date(self, written):
        written = collapse(written)
        if self.lang != "en":
            return [word for word in re.findall("[0-9]{4}", written)]
        if "/" in written:
            return [written]
        if " " in written:
            season, year = written.split()
            return [f"{SEASONS[season]} {year}"]
        year, *rest = written.split("-")
        words = [str(int(rest[1]))] if len(rest) == 2 else []
        words += [MONTHS[int(rest[0]) - 1]] if rest else []
        return [" ".join(words + [year])]

    def dates(self, element):
        start, end = element.get("from", "").strip(), (element.get("to") or element.get("date") or "").strip()
        if not start and not end:
            return []
        if self.lang != "en":
            return [Text(year, True) for one in (start, end) if one and one != "present" for year in self.date(one)]
        parts = [self.date(start)[0]] if start else []
        if end == "present":
            parts.append("present")
        elif end and end != start:
            parts += self.date(end)
        text = " – ".join(parts)
        if element.get("expected", "").strip() == "yes":
            text += " (expected)"
        return [Text(text, True)]

    # --- items

    def attributes(self, element):
        parts = self.dates(element)
        for name, before in (("level", ""), ("doi", "doi:"), ("arxiv", "arXiv:")):
            if element.get(name):
                parts.append(Text(before + collapse(element.get(name))))
        if element.get("expires"):
            before = "valid until " if self.lang == "en" else ""
            parts += [Text(before + one) for one in self.date(element.get("expires"))]
        if element.get("status") and self.lang == "en":
            status = STATUS.get(element.get("status").strip())
            if status and not any(element.findall(name) for name in ("venue", "organization", "number")):
                status = status[0].upper() + status[1:]  # it stands alone, as a sentence
            parts += [Text(status)] if status else []
        return parts

    def bullets(self, highlights, depth, into):
        for item in highlights:
            into.append((depth, self.text(item)))
            for inner in item.findall("highlights"):
                self.bullets(inner, depth + 1, into)

    def entry(self, element):
        item = Item(element.tag, self.attributes(element))
        for child in element:
            if child.tag == "highlights":
                self.bullets(child, 1, item.bullets)
            elif child.tag == "authors":
                names = (self.text(author) + ("*" if author.get("equal", "").strip() == "yes" else "") for author in child)
                item.parts.append(Text(", ".join(names)))
            elif child.tag == "venue" and child.get("short"):
                item.parts.append(Text(collapse(child.get("short"))))
            elif child.tag in LOOSE:
                item.parts.append(Text(self.text(child)))
                item.parts += self.attributes(child)
            else:
                item.parts.append(Text(self.text(child)))
        return item

    def items(self, element):
        if element.tag == "employment":
            head = Item("employment", [Text(self.text(c)) for c in element if c.tag != "position"])
            return [head] + [self.entry(c) for c in element if c.tag == "position"]
        if element.tag in ENTRIES:
            return [self.entry(element)]
        if element.tag == "group":
            item = self.entry(element)
            item.parts.insert(0, Text(collapse(element.get("label"))))
            return [item]
        item = Item(element.tag, [Text(self.text(element))] + self.attributes(element))
        if element.tag == "item":
            for inner in element.findall("highlights"):
                self.bullets(inner, 1 if element.get("date") else 2, item.bullets)
            if not element.get("date"):
                item.bullets.insert(0, (1, item.parts.pop(0).text))
        return [item]

    # --- the person

    def person(self, person, cv):
        name = person.find("name")
        get = lambda key: collapse(name.get(key, ""))
        generation = get("suffix").rstrip(".") in ("Jr", "Sr", "II", "III", "IV")
        suffix = ("" if generation else ",") + " " + get("suffix") if get("suffix") else ""
        wide = all(unicodedata.east_asian_width(c) in "WF" for key in ("given", "family") for c in get(key))
        if cv.language in ("zh", "ja", "ko") and get("given") and wide:
            cv.name = " ".join(word for word in (get("prefix"), (" " if cv.language == "ja" else "").join((get("family"), get("given"))) + suffix) if word)
        else:
            cv.name = " ".join(word for word in (get("prefix"), get("given"), get("family") + suffix) if word)
        for child in person:
            if child.tag == "profile":
                cv.head += [Text(word) for word in self.profile(child, cv)]
            elif child.tag == "website":
                address = self.text(child)
                cv.addresses.add(address)
                cv.head.append(Text(re.sub("^https?://(www[.])?", "", address).removesuffix("/")))
            elif child.tag == "photo":
                cv.photo = collapse(child.get("src"))
            elif child.tag not in ("name", "keywords"):
                label = child.get("label")
                cv.head.append(Text((collapse(label) + ": " if label else "") + self.text(child)))

    def profile(self, profile, cv):
        network, user = collapse(profile.get("network")), collapse(profile.get("user"))
        if profile.get("href"):
            known = network in PROFILES or network == "mastodon"
            return [user] if known else [f"{network}: {user}"]
        address = PROFILES[network] + user
        cv.addresses.add(address)
        return [user if "?" in address else re.sub("^https://(www[.])?", "", address)]

    # --- all

    def addresses(self, cv):
        printed = [part for part in self.root if part.tag != "letter"]  # letters are documents of their own
        for element in (inner for part in printed for inner in part.iter()):
            if element.get("href"):
                href = collapse(element.get("href"))
                if href.startswith("#"):
                    cv.targets.add(href[1:])
                else:
                    cv.addresses.add(href)
            if element.tag == "email":
                cv.addresses.add("mailto:" + self.text(element))
            if element.get("doi"):
                cv.addresses.add("https://doi.org/" + collapse(element.get("doi")))
            if element.get("arxiv"):
                cv.addresses.add("https://arxiv.org/abs/" + collapse(element.get("arxiv")))
        for phone in self.root.find("person").findall("phone"):
            number, *extension = re.split("(?:ext|x|#)", self.text(phone))
            number = number.replace("(0)", "") if number.startswith("+") else number
            cv.addresses.add("tel:" + re.sub("[^0-9+]", "", number) + "".join(";ext=" + re.sub("[^0-9]", "", e) for e in extension))

    def run(self):
        cv = Cv(language=self.lang)
        self.person(self.root.find("person"), cv)
        for element in self.root:
            if element.tag in ("person", "template", "letter") or len(element) == 0:
                continue
            default = TITLES.get(element.tag, "") if self.lang == "en" else ""
            section = Section(collapse(element.get("title", default)), kind=element.tag)
            cv.sections.append(section)
            loose = None  # neighbouring skills, mentees, interests or languages make one line
            for child in element:
                items = self.items(child)
                if child.tag in LOOSE and loose is not None:
                    loose.parts += items[0].parts
                    continue
                loose = items[0] if child.tag in LOOSE else None
                section.items += items
            cv.bullet_items += sum(len(item.bullets) for item in section.items)
        self.addresses(cv)
        return cv


def choose(root):
    """Leaves out what the first variant, which is rendered unless another is asked for, does not show."""
    variants = root.find("variants")
    if variants is None:
        return
    first = variants[0]
    if len(first) or set(first.attrib) - {"name", "labels"}:
        raise NotImplementedError("a first variant that changes more than what is shown")
    mine = {first.get("name"), *first.get("labels", "").split()}
    matches = lambda condition: any(set(term.split("+")) <= mine for term in condition.split())
    root.remove(variants)

    def clean(element):
        for child in list(element):
            if ("only" in child.attrib and not matches(child.get("only"))) or matches(child.get("not", "")):
                if child.tail and child.tail.strip():
                    raise NotImplementedError("text after an element that is left out")
                element.remove(child)
            else:
                clean(child)

    clean(root)


def read(text, path=None):
    """The expectations of a CV given as XML text (bytes); `path`: of its file, if it includes others."""
    root = ET.fromstring(text)
    ElementInclude.include(root, base_url=str(path))
    choose(root)
    return Reader(root).run()
