"""CVs for the others: without what a page budget left out, and as JSON Resume."""

import xml.etree.ElementTree as tree
import xml.parsers.expat


def lines_of_elements(text):
    """The line of each start tag, in the order of the document."""
    lines, parser = [], xml.parsers.expat.ParserCreate()
    parser.StartElementHandler = lambda *_: lines.append(parser.CurrentLineNumber)
    parser.Parse(text, True)
    return lines


def without(text, left_out, units):
    """The element <cv> without the elements of the names `units` that begin on the lines `left_out`, nor what that empties."""
    root = tree.fromstring(text)
    doomed = {element for element, line in zip(root.iter(), lines_of_elements(text)) if line in left_out and element.tag in units}
    for parent in list(root.iter()):
        for child in list(parent):
            if child in doomed:
                parent.remove(child)
    for _ in range(2):  # lists first, then sections
        for parent in list(root.iter()):
            for child in list(parent):
                if not len(child) and not (child.text or "").strip() and (child.tag in ("highlights", "group") or parent is root) and child.tag != "variants":
                    parent.remove(child)
    return root


def words(element):
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def json_resume(root):
    """The same words as JSON Resume knows them."""
    person = root.find("person")
    name = person.find("name")
    day = lambda entry, end: (entry.get(end) or entry.get("date") or "").replace("present", "") or None
    bullets = lambda entry: [words(item) for item in entry.findall("highlights/item")]

    def clean(**fields):
        return {key: value for key, value in fields.items() if value}

    return clean(
        basics=clean(name=" ".join(filter(None, (name.get("given"), name.get("family")))), label=words(person.find("headline")),
                     email=words(person.find("email")), phone=words(person.find("phone")), url=words(person.find("website"))),
        education=[clean(institution=words(e.find("institution")), area=words(e.find("title")), startDate=day(e, "from"), endDate=day(e, "to"), courses=bullets(e)) for e in root.iter("degree")],
        work=[clean(name=words(e.find("employer")), position=words(e.find("title")), startDate=day(e, "from"), endDate=day(e, "to"), highlights=bullets(e)) for e in root.iter("job")],
        projects=[clean(name=words(e.find("title")), startDate=day(e, "from"), endDate=day(e, "to"), highlights=bullets(e)) for e in root.iter("project")],
        awards=[clean(title=words(e.find("title")), date=day(e, "to"), awarder=words(e.find("organization"))) for e in root.iter("award")],
        publications=[clean(name=words(e.find("title")), publisher=words(e.find("venue")), releaseDate=day(e, "to"), summary=", ".join(words(a) for a in e.iter("author"))) for e in root.iter("publication")],
        volunteer=[clean(organization=words(e.find("event") if e.tag == "talk" else e.find("institution")), position=words(e.find("title")), startDate=day(e, "to"))
                   for e in root.iter() if e.tag in ("talk", "course", "activity")],
        skills=[clean(name=e.get("label"), keywords=[words(child) for child in e]) for e in root.iter("group")])
