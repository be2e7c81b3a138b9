"""The same CV as a LaTeX document for moderncv as it comes: what somebody writes who knows the class and nothing of cvgen."""

import re
import xml.etree.ElementTree as ET

from expect import SCRIPT

SOCIAL = ("linkedin", "github", "gitlab", "orcid", "googlescholar", "twitter", "xing", "stackoverflow", "bitbucket", "researchgate")
ESCAPES = {**{c: "\\" + c for c in "#$%&_{}"}, "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "\\": "\\textbackslash{}", SCRIPT: "",
           "'": "\\textquotesingle{}", '"': "\\textquotedbl{}"}


def tex(text):
    return "".join(ESCAPES.get(c, c) for c in text)


def commas(texts):
    return ", ".join(tex(text) for text in texts)


def contacts(person, cv):
    """cv.head has their texts in the order of the elements."""
    texts = iter([text.text for text in cv.head])
    for child in person:
        if child.tag in ("name", "photo", "keywords"):
            continue
        text = tex(next(texts))
        if child.tag == "headline":
            yield f"\\title{{{text}}}"
        elif child.tag == "location":
            yield f"\\address{{{text}}}"
        elif child.tag == "email":
            yield f"\\email{{{text}}}"
        elif child.tag == "phone":
            kind = {"mobile": "mobile", "fax": "fax"}.get(child.get("type"), "fixed")
            yield f"\\phone[{kind}]{{{text}}}"
        elif child.tag == "website":
            yield f"\\homepage{{{text}}}"
        elif child.tag == "profile" and child.get("network") in SOCIAL:
            yield f"\\social[{child.get('network')}]{{{text}}}"
        else:
            yield f"\\extrainfo{{{text}}}"


def bullets(items):
    out, depth = [], 0
    for level, text in items:
        while depth < level:
            out.append("\\begin{itemize}")
            depth += 1
        while depth > level:
            out.append("\\end{itemize}")
            depth -= 1
        out.append("\\item " + tex(text))
    return "\n".join(out + ["\\end{itemize}"] * depth)


def entry(item):
    dates = commas(part.text for part in item.parts if part.date)
    texts = [part.text for part in item.parts if not part.date]
    if item.name == "item" and item.bullets:
        return bullets(item.bullets)
    if item.name == "group":
        return f"\\cvitem{{{tex(texts[0])}}}{{{commas(texts[1:])}}}"
    if item.name == "p" or len(texts) < 2 and not item.bullets:
        return f"\\cvitem{{{dates}}}{{{commas(texts)}}}"
    title, organization, place = (texts + ["", "", ""])[:3]
    return f"\\cventry{{{dates}}}{{{tex(title)}}}{{{tex(organization)}}}{{{tex(place)}}}{{{commas(texts[3:])}}}{{{bullets(item.bullets)}}}"


def document(xml, cv, style):
    person = ET.fromstring(xml).find("person")
    name = person.find("name")
    given, family = " ".join(name.get("given", "").split()), " ".join(name.get("family", "").split())
    if given + " " + family != cv.name:
        given, _, family = cv.name.rpartition(" ")
    lines = ["\\documentclass[11pt,a4paper]{moderncv}", f"\\moderncvstyle[nosymbols]{{{style}}}", "\\moderncvicons{marvosym}", "\\moderncvcolor{blue}", "\\usepackage[utf8]{inputenc}",
             "\\usepackage[T1]{fontenc}", "\\usepackage{lmodern,textcomp}", "\\usepackage[scale=0.8]{geometry}", f"\\name{{{tex(given)}}}{{{tex(family)}}}"]
    lines += [*contacts(person, cv), "\\begin{document}", "\\makecvtitle"]
    for section in cv.sections:
        lines += [f"\\section{{{tex(section.title)}}}", *map(entry, section.items)]
    return re.sub("\n\n+", "\n", "\n".join([*lines, "\\end{document}", ""]))
