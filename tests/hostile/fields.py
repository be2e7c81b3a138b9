"""Every place of the vocabulary that takes text, found in examples/everything.xml, and what becomes of what stands there."""

import dataclasses
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKEN = re.compile(rb"<!--.*?-->|<\?.*?\?>|<[^<>]*>|[^<]+", re.S)
ATTRIBUTE = re.compile(rb"""([^\s=<>"'/]+)="([^"]*)\"""")
# What the example can't have, as it would leave something out. What is in single quotes is no field, as others refer to it.
VARIANTS = b"""<variants><variant name='first'/>
    <variant name='second' labels="one" template="moderncv" lang="en" order="talks" pages="9" hide="phone">
      <set name="vmargin" value="2cm" tightest="1.5cm"/><show section="talks" title="Shown" most="5" kinds="journal" since="2000" selected="no" first-author="no"/>
    </variant></variants>
  <summary title="In Short" only="first" not="second" """
PRINTED = set("title label level short given family prefix suffix".split())
FORMS = set("email phone website keywords".split())  # whose text has a form, or is not on the page
PRINTABLE = {int(line.split("\t")[0], 16) for line in (ROOT / "latex-templates/characters.tsv").read_text().splitlines() if line and line[0] != "#"}
NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe0f"


@dataclasses.dataclass
class Field:
    element: str
    attribute: str  # empty: its text
    value: bytes
    hidden: bool = False

    def __str__(self):
        return f"{self.element}/@{self.attribute}" if self.attribute else self.element

    @property
    def free(self):
        """Whether any text may stand here."""
        return self.element not in FORMS if not self.attribute else self.attribute in PRINTED and self.element not in ("variant", "show")

    def shown(self):
        """Where text that was let through must be found again."""
        if self.hidden or self.element in ("variant", "show", "template", "set", "cv", "photo"):
            return None
        if self.attribute == "href":
            return "link"
        if self.free or self.element in ("phone", "email"):
            return "page"
        return "keywords" if self.element == "keywords" else None


def of_example():
    """The pieces of a CV: bytes that stay, and fields."""
    source = (ROOT / "examples/everything.xml").read_bytes().replace(b'<summary title="In Short" ', VARIANTS)
    source = source.replace(b'href="#education"', b"href='https://university.example.org'")
    source = source.replace(b"<title>One</title>", b"<title>One</title><venue>Sea</venue>")
    pieces, elements = [], []
    for match in TOKEN.finditer(source):
        token = match[0]
        if token[:2] in (b"<!", b"<?"):
            continue
        if token[:2] == b"</":
            elements.pop()
        elif token[:1] == b"<":
            name = re.match(b"<([a-z]+)", token)[1].decode()
            end = 0
            for attribute in ATTRIBUTE.finditer(token):
                pieces += [token[end:attribute.start(2)], Field(name, attribute[1].decode(), attribute[2])]
                end = attribute.end(2)
            abbreviated = b' short="' in token
            token = token[end:]
            if not token.endswith(b"/>"):
                elements.append(name)
        elif token.strip():
            left, right = token[:len(token) - len(token.lstrip())], token[len(token.rstrip()):]
            pieces += [left, Field(elements[-1], "", token.strip(), hidden=abbreviated)]
            token = right
        pieces.append(token)
    return pieces


def escaped(text, how):
    """The string as XML; how: plain, references, CDATA."""
    if how == "references":
        decoded = text.decode("utf-8", "surrogatepass")
        return "".join(f"&#x{ord(c):X};" for c in decoded).encode()
    if how == "CDATA" and b"]]>" not in text:
        return b"<![CDATA[" + text + b"]]>"
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b'"', b"&quot;")


def squeezed(text):
    """What must be the same in CV and PDF: all but blanks, invisible hints where to break, and hyphens, which lines may add."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if not c.isspace() and c not in NOTHING)


def without_hyphens(text):
    return re.sub("[-\u2010]", "", text)
