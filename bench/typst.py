"""A CV as a Typst document: the same words in the order and about the look of the templates moderncv and academic."""

import re

MONTHS = " Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ")
MARKS = {"b": "#strong[{0}]", "i": "#emph[{0}]", "code": "#text(font: \"Latin Modern Mono\")[{0}]", "a": "#link(\"{1}\")[{0}]", "br": "\\\n", "q": "“{0}”",
         "sub": "#sub[{0}]", "sup": "#super[{0}]"}
BLOCKS = ("degree", "job", "employment", "project")  # a bold line and an italic one, each with something at the right edge
FIRST = {"degree": "institution", "job": "employer", "project": "title"}
# Of a line such as an award: what comes before the title, and what after.
BEFORE, AFTER = ("event", "role", "institution"), ("organization", "note")
# Typefaces as OpenType: Typst does not read the Type 1 fonts of TeX, and has the Libertinus within.
LOOKS = {
    "moderncv": dict(font="Latin Modern Sans", color="3873B3", small="9pt", justify="true", files=("lmsans", "lmmono10-regular")),
    "academic": dict(font="Libertinus Serif", color="1F4E79", small="10pt", justify="false", files=("lmmono10-regular",)),
}
HEAD = """#set page(paper: "{paper}", margin: (x: {hmargin}, y: {vmargin}), footer: context if counter(page).final().first() > 1 [
  #align(right, text(8pt, gray, style: "italic", counter(page).display("1/1", both: true)))])
#set text(font: "{font}", size: 10pt, hyphenate: false, lang: "{lang}")
#set par(leading: 0.4em, spacing: 0.5em, justify: {justify})
#set list(marker: (text(fill: rgb("{color}"), 0.7em, baseline: -0.15em)[•], [–]), spacing: 0.45em, indent: 0.3em)
#show link: set text(fill: rgb("{color}"))
#show heading: it => block(above: 1.2em, below: 0.6em, width: 100%, stroke: (bottom: 0.4pt + rgb("{color}")), inset: (bottom: 0.2em),
  text(14pt, rgb("{color}"), weight: "regular", it.body))
#let row(left, right) = grid(columns: (1fr, auto), column-gutter: 1em, left, right)
#let entry(first, date, second, place, body) = block(above: 0.9em, {{
  row(strong(first), date)
  if second != [] or place != [] {{ row(emph(second), emph(place)) }}
  text({small}, body)
}})
#let dated(body, date) = row([- #body], date)
#let publication(title, date, body) = block(above: 0.7em, {{ row(strong(title), date); text({small}, body) }})
"""


def escaped(text):
    return re.sub(r'([\\*_`$#@<>\[\]"=/+~-])', r"\\\1", re.sub(r"\s+", " ", text or ""))


def inline(element):
    """Running text with its marks; what is no mark is left out."""
    text = escaped(element.text)
    for child in element:
        if child.tag in MARKS:
            text += MARKS[child.tag].format(inline(child), (child.get("href") or "").replace('"', "%22"))
        text += escaped(child.tail)
    return text.strip()


def linked(element):
    """An element that may lead somewhere as a whole."""
    text = inline(element)
    return MARKS["a"].format(text, element.get("href").replace('"', "%22")) if element.get("href") else text


def day(date):
    year, month = re.match(r"(\d+)-(\d\d)", date or "").groups() if re.match(r"\d+-\d\d", date or "") else (None, None)
    return escaped(f"{MONTHS[int(month)]} {year}" if year else (date or "").capitalize() if "present" not in (date or "") else date)


def dates(element):
    text = " – ".join(day(element.get(name)) for name in ("from", "to") if element.get(name)) or day(element.get("date"))
    return text + (" (expected)" if element.get("expected") == "yes" else "")


def parts(element, *names):
    return ", ".join(linked(child) for name in names for child in element.findall(name))


def links(element):
    return "".join(f" \\[{linked(link)}\\]" for link in element.findall("link"))


def bullets(element, depth=0):
    lines = []
    for item in element.findall("highlights/item"):
        lines += ["  " * depth + "- " + inline(item), *bullets(item, depth + 1)]
    return lines


def block(entry):
    first = FIRST.get(entry.tag, "title")
    rest = parts(entry, *(name for name in ("title", "role", "department", "team", "grade") if name != first))
    advisor, thesis = parts(entry, "advisor"), parts(entry, "thesis")
    second = rest + (f", advised by {advisor}" if advisor else "")
    body = ([f"Thesis: {thesis}\n"] if thesis else []) + bullets(entry)
    return f"#entry[{parts(entry, first)}{links(entry)}][{dates(entry)}][{second}][{parts(entry, 'place', 'organization')}][\n" + "\n".join(body) + "\n]"


def publication(entry):
    authors = [MARKS["b"].format(inline(author)) if author.get("me") else inline(author) + ("\\*" if author.get("equal") else "") for author in entry.findall("authors/author")]
    where = parts(entry, "venue") or ("Preprint" if entry.get("status") == "preprint" else "")
    note = parts(entry, "note")
    body = ", ".join(authors) + "." + (f" #emph[{where}.]" if where else "") + (f" {note}." if note else "")
    return f"#publication[{parts(entry, 'title')}.{links(entry)}][{dates(entry)}][{body}]"


def group(entry):
    """A label with a list, or one thing without a label."""
    def named(child):
        return linked(child) + (f" ({dates(child)})" if dates(child) else "")
    if entry.tag != "group":
        return f"- {linked(entry)}"
    return f"#strong[{escaped(entry.get('label'))}]: " + ", ".join(map(named, entry)) + "\n"


def section(element):
    lines = [f"= {escaped(element.get('title') or element.tag.capitalize())}"]
    for entry in element:
        if entry.tag in BLOCKS:
            lines.append(block(entry))
        elif entry.tag == "publication":
            lines.append(publication(entry))
        elif entry.find("title") is not None:
            words = ", ".join(filter(None, (parts(entry, *BEFORE), parts(entry, "title"), parts(entry, *AFTER))))
            lines.append(f"#dated[{words}{links(entry)}][{dates(entry)}]")
        elif entry.tag == "p":
            lines.append(inline(entry) + "\n")
        else:
            lines.append(group(entry))
    return "\n".join(lines)


def document(root, template):
    """`root`: the element <cv>. -> the text of a .typ file that looks about as `template` does."""
    person = root.find("person")
    own = root.find("template")
    settings = {setting.get("name"): setting.get("value") for setting in own} if own is not None and own.get("name") == template else {}
    look = LOOKS[template]
    head = HEAD.format(paper="us-letter" if settings.get("paper") == "letter" else "a4", hmargin=settings.get("hmargin", "2cm"),
                       vmargin=settings.get("vmargin", "1.8cm"), lang=root.get("lang", "en"), **look)
    name = person.find("name")
    contacts = [f"#link(\"mailto:{e.text}\")[{escaped(e.text)}]" if e.tag == "email" else f"#link(\"{e.text}\")[{escaped(e.text.split('//')[-1])}]" if e.tag == "website" else
                escaped(f"{e.get('network')}.com/in/{e.get('user')}") if e.tag == "profile" else escaped(e.text) for e in person if e.tag not in ("name", "headline", "photo")]
    title = escaped(" ".join(filter(None, (name.get("given"), name.get("family")))))
    lines = [head, f"#align(center)[#text(22pt, rgb(\"{look['color']}\"), weight: \"bold\")[{title}] \\"]
    lines += [f"#text(13pt, gray)[{inline(headline)}] \\" for headline in person.findall("headline")]
    lines.append(f"#text(9pt, gray)[{' #h(1em)·#h(1em) '.join(contacts)}]]")
    lines += [section(element) for element in root if element.tag not in ("person", "variants", "template", "letter")]
    return "\n".join(lines) + "\n"
