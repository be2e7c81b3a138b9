#!/usr/bin/env python3
"""Renders CVs with the real pdflatex and reads the PDFs back: words, bullets, links, fonts, metadata, pages, bytes."""

import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402
import expect  # noqa: E402
import extract  # noqa: E402
import layer  # noqa: E402
import make  # noqa: E402
import match  # noqa: E402
import pdf  # noqa: E402

# What a look is called in test names, and how it is asked for.
STYLES = {**{style: ("--set", f"style={style}") for style in ("banking", "casual", "classic", "oldstyle", "fancy")},
          **{template: ("--template", template) for template in ("academic", "compact", "modern", "sidebar")}}
SIDE = "skills languages interests certifications memberships".split()  # what sidebar sets in its second column
JUDGED = ("dong-he", "everything")  # by several readers, in every style; --all: every CV
MODES = ("", "-layout", "-raw")


class Suite(checks.Checks):
    def __init__(self, cvgen, work, every=False):
        super().__init__()
        self.all = every
        self.cvgen = cvgen
        self.work = work
        self.counts = {"documents": 0, "pages": 0, "words": 0, "links": 0, "characters": 0}

    # --- running

    def render(self, source, output, *options, folder=None, environment=None):
        command = [self.cvgen, "render", str(source), "-o", str(output), *options]
        return subprocess.run(command, cwd=folder, env={**os.environ, **(environment or {})}, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def stage(self, name, xml):
        """A folder of its own for a CV, with a photo if it wants one."""
        folder = self.work / name
        folder.mkdir(exist_ok=True)
        (folder / "cv.xml").write_bytes(xml)
        if b"<xi:include" in xml:
            shutil.copytree(ROOT / "examples/several-files", folder / "several-files", dirs_exist_ok=True)
        cv = expect.read(xml, folder / "cv.xml")
        if cv.photo:
            target = folder / cv.photo
            target.write_bytes(make.jpeg() if target.suffix in (".jpg", ".jpeg") else make.png())
        return folder, cv

    def document(self, name, xml, style, options=(), warnings=()):
        """Renders and looks at everything. Gives the path of the PDF."""
        label = f"{name} in {style}"
        folder, cv = self.stage(f"{name}-{style}", xml)
        output = folder / "cv.pdf"
        done = self.render(folder / "cv.xml", output, *STYLES[style], *options)
        if not self.check(f"{label}: renders", [] if done.returncode == 0 else done.stderr):
            return None
        self.diagnostics(label, done.stderr, warnings)
        self.form(label, output, done.stderr)
        if name in BROKEN:
            letters = unbroken(pdf.text(output, "-raw"))
            self.check(f"{label}: words", [f"no {word!r}" for text in cv.texts() for word in text.text.split() if unbroken(word) not in letters])
        else:
            self.words(label, output, cv, style)
            if self.all or name in JUDGED:
                self.layer(label, output, cv, style)
        self.links(label, output, cv)
        self.metadata(label, output, cv)
        self.footers(label, output)
        if cv.photo:
            self.check(f"{label}: photo", [] if pdf.images(output) else "no image in the PDF")
        return output

    # --- looking

    def diagnostics(self, label, stderr, allowed):
        unexpected = [line for line in stderr.splitlines()
                      if re.match(r"(error|warning)\b", line) and not any(f"[{code}]" in line for code in allowed)]
        self.check(f"{label}: no diagnostics", unexpected)

    def form(self, label, path, stderr):
        self.check(f"{label}: qpdf --check", pdf.check(path))
        pages = int(pdf.info(path)["Pages"])
        said = re.search(r"wrote .* \((?:variant [^,]+, )?([0-9]+) pages?,", stderr)
        self.check(f"{label}: number of pages", [] if said and int(said[1]) == pages else f"{pages} pages, but: {stderr}")
        self.counts["documents"] += 1
        self.counts["pages"] += pages
        self.check(f"{label}: fonts", [f"{font}: {kind}, embedded: {embedded}" for font, kind, embedded in pdf.fonts(path)
                                       if not embedded or kind == "Type 3"])

    def words(self, label, path, cv, style):
        wanted = " ".join(text.text for text in cv.texts())
        for mode in MODES:
            text = unicodedata.normalize("NFC", pdf.text(path, mode))
            page = match.Page(text, mode, ordered=style != "sidebar")
            self.counts["words"] += sum(match.words(wanted).values())
            self.check(f"{label}: words, pdftotext {mode}", match.compare(cv, page))
            self.check(f"{label}: strange characters, pdftotext {mode}", strange(text, wanted))
            if style == "sidebar" and mode == "-raw":
                for column in columns(cv):
                    self.check(f"{label}: order of a column", match.compare(column, match.Page(text, mode)))

    def layer(self, label, path, cv, style):
        """What several readers get out of the PDF: nothing lost, nothing strange, and in the order of the file. Only pdfminer
        may take a date at the right edge for a column, and pdftotext -layout reads across the two columns of sidebar."""
        for name, extractor in extract.EXTRACTORS.items():
            # Beside a narrow column the text goes on elsewhere, once or twice a page.
            report = layer.judge(cv, extractor(path), 2 * int(pdf.info(path)["Pages"]) if style == "sidebar" else 0)
            self.check(f"{label}: words, {name}", [*report.lost, *map(str, report.broken)])
            self.check(f"{label}: strange characters, {name}", report.strange)
            if name != "pdfminer" and not (name == "-layout" and style == "sidebar"):
                self.check(f"{label}: order, {name}", report.order)
        done = subprocess.run([self.cvgen, "check", str(path), "--against", str(path.with_name("cv.xml"))], capture_output=True, text=True)
        well = "error" not in done.stderr if style == "sidebar" else "none lost, all in order" in done.stderr  # an entry beside the text may go on overleaf
        self.check(f"{label}: cvgen check", [] if done.returncode == 0 and well else done.stderr)

    def footers(self, label, path):
        """Page numbers such as 1/2 where there is more than one page."""
        pages = int(pdf.info(path)["Pages"])
        texts = [pdf.tool("pdftotext", "-raw", "-f", n + 1, "-l", n + 1, path, "-")[1].decode() for n in range(pages)]
        wrong = [n + 1 for n, text in enumerate(texts) if bool(re.search(f"(?<!\\S){n + 1}/{pages}(?!\\S)", text)) != (pages > 1)]
        self.check(f"{label}: page numbers", [f"page {n} of {pages}" for n in wrong])

    def links(self, label, path, cv):
        objects = pdf.Objects(path)
        addresses, inner = objects.links()
        self.counts["links"] += len(addresses) + len(inner)
        self.check(f"{label}: links", compare_addresses(cv.addresses, addresses))
        destinations = objects.destinations()
        self.check(f"{label}: inner links", [f"{name} leads nowhere" for name in inner if name not in destinations] +
                   [f"no link to #{name}" for name in cv.targets if name not in inner])
        parts = reversed(columns(cv)) if "in sidebar" in label else [cv]
        titles = [section.title for part in parts for section in part.sections if section.title]
        marks = [unicodedata.normalize("NFC", mark) for mark in objects.bookmarks()]
        if len(titles) == len(cv.sections):
            self.check(f"{label}: bookmarks", [] if marks == titles else f"{marks} instead of {titles}")

    def metadata(self, label, path, cv):
        info = pdf.info(path)
        problems = [f"{key}: {info.get(key)!r}, not with {cv.name!r}" for key in ("Title", "Author")
                    if cv.name not in unicodedata.normalize("NFC", info.get(key, ""))]
        if info.get("Author") and unicodedata.normalize("NFC", info["Author"]) != cv.name:
            problems.append(f"author {info['Author']!r} instead of {cv.name!r}")
        language = pdf.Objects(path).catalog.get("/Lang")
        problems += [] if language == f"u:{cv.language}" else [f"language {language!r} instead of {cv.language!r}"]
        self.check(f"{label}: metadata", problems)


def columns(cv):
    """The CV as what stands in the wide and what stands in the narrow column of sidebar."""
    return [dataclasses.replace(cv, sections=[section for section in cv.sections if (section.kind in SIDE) == narrow]) for narrow in (False, True)]


def strange(text, wanted):
    """Characters that no text of a CV turns into, unless they are in the CV."""
    found = []
    for c in sorted(set(text) - set(wanted)):
        category = unicodedata.category(c)
        if c in "\n\f":
            continue
        if category in ("Co", "Cn", "Cc", "Cs") or c == "\ufffd" or 0xFB00 <= ord(c) <= 0xFB06:
            found.append(f"U+{ord(c):04X} in {context(text, c)!r}")
    return found


def context(text, c):
    at = text.index(c)
    return text[max(0, at - 20):at + 20]


def address_form(address):
    """Percent-encodes what may be either way, and leaves the rest alone."""
    out = ""
    for c in re.sub("%[0-9a-fA-F]{2}", lambda m: m[0].upper(), address):
        out += "".join(f"%{byte:02X}" for byte in c.encode()) if c in "\\{}^\"<>|`$ " or ord(c) > 126 else c
    return out.replace("%24", "$")


def compare_addresses(wanted, have):
    wanted, have = {address_form(a) for a in wanted}, {address_form(a) for a in have}
    return [f"no link to {a}" for a in sorted(wanted - have)] + [f"a link to {a}, which the CV has not" for a in sorted(have - wanted)]


# --- the tests

def corpus():
    """(name, XML) of all CVs that come with cvgen."""
    found = [(path.parent.name, path) for path in sorted(ROOT.glob("cv-data/*/cv.xml"))]
    found += [(path.stem, path) for path in sorted(ROOT.glob("examples/*.xml"))]
    return [(name, path.read_bytes()) for name, path in found]


# Of words that are longer than a line, only the letters can be read back.
BROKEN = {"long-words"}


def unbroken(text):
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFC", text))


def every_document(suite):
    cvs = corpus()
    data = {path.parent.name for path in ROOT.glob("cv-data/*/cv.xml")} | {"everything"}
    for name, xml in cvs:
        for style in STYLES if name in data else ("banking", "academic", "compact") if name in BROKEN else ("banking",):
            yield lambda name=name, xml=xml, style=style: suite.document(name, xml, style)
        for style in ("classic", "oldstyle") if name in BROKEN else ():  # in whose columns not all of them have room
            yield lambda name=name, xml=xml, style=style: suite.document(name, xml, style, warnings=("W0701",))


def reproducible(suite, name, xml):
    """The same bytes from another folder, in another zone and language, a second later."""
    folder, _ = suite.stage(f"{name}-again", xml)
    first = suite.render("cv.xml", "cv.pdf", folder=folder)
    time.sleep(1.1)
    other = folder / "an other folder"
    other.mkdir(exist_ok=True)
    second = suite.render(folder / "cv.xml", other / "second.pdf", folder=other,
                          environment={"TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "86400"})
    bad = [done.stderr for done in (first, second) if done.returncode != 0]
    suite.check(f"{name}: same bytes", bad or ([] if (folder / "cv.pdf").read_bytes() == (other / "second.pdf").read_bytes()
                                               else "the PDF differs with folder, time, zone or language"))


def by_hand(suite, name, xml):
    """The .tex alone, with plain pdflatex, gives the same text."""
    folder, _ = suite.stage(f"{name}-hand", xml)
    for output in ("cv.tex", "direct.pdf"):
        done = suite.render("cv.xml", output, folder=folder)
        if not suite.check(f"{name}: writes {output}", [] if done.returncode == 0 else done.stderr):
            return
    (folder / "cv.xml").unlink()
    for _ in range(2):
        code, out, _ = pdf.tool("pdflatex", "-interaction=nonstopmode", "-halt-on-error", "cv.tex", cwd=folder, stdin=subprocess.DEVNULL)
        if not suite.check(f"{name}: plain pdflatex", [] if code == 0 else out.decode("latin-1")[-2000:]):
            return
    suite.check(f"{name}: plain pdflatex, same text",
                [] if pdf.text(folder / "cv.pdf", "-layout") == pdf.text(folder / "direct.pdf", "-layout") else "the text differs")


def generated(suite, name, xml, warnings=("W0701",), style="banking"):
    return suite.document(name, xml, style, warnings=warnings)


def characters(suite, style):
    """Every character of the table, in the middle of a word: in bullets, bold, italic, typewriter, titles, links."""
    units = make.character_units(ROOT / "latex-templates" / "characters.tsv")
    xml = make.character_cv(units)
    folder, cv = suite.stage(f"characters-{style}", xml)
    done = suite.render(folder / "cv.xml", folder / "cv.pdf", *STYLES[style])
    if not suite.check(f"characters in {style}: renders", [] if done.returncode == 0 else done.stderr):
        return
    suite.diagnostics(f"characters in {style}", done.stderr, ("W0701",))
    text = unicodedata.normalize("NFC", pdf.text(folder / "cv.pdf", "-raw"))
    have = match.tidy(text)
    for kind in [*make.KINDS, "section title"]:
        bad = []
        for unit in units:
            suite.counts["characters"] += 1
            word = make.in_word(unit, kind)
            if not match.pattern(unicodedata.normalize("NFC", word), "-raw").search(have):
                code = " ".join(f"U+{ord(c):04X}" for c in unit)
                bad.append(f"{code}: {word!r}")
        suite.check(f"characters in {style}: {kind}", bad)
    suite.check(f"characters in {style}: strange ones", strange(text, "".join(units)))
    objects = pdf.Objects(folder / "cv.pdf")
    titles = [section.title for section in cv.sections]
    marks = [unicodedata.normalize("NFC", mark) for mark in objects.bookmarks()]
    suite.check(f"characters in {style}: bookmarks", [f"{b!r} instead of {a!r}" for a, b in zip(titles, marks) if a != b] or
                ([] if len(marks) == len(titles) else f"{len(marks)} bookmarks for {len(titles)} sections"))
    suite.metadata(f"characters in {style}", folder / "cv.pdf", cv)


def anchors(suite, style):
    """What a link leads to is on the page that it leads to, also where a page ends."""
    folder, _ = suite.stage(f"anchors-{style}", make.anchors_cv())
    done = suite.render(folder / "cv.xml", folder / "cv.pdf", *STYLES[style])
    if not suite.check(f"anchors in {style}: renders", [] if done.returncode == 0 else done.stderr):
        return
    objects = pdf.Objects(folder / "cv.pdf")
    pages = [id(page) for page in objects.pages()]
    texts = [match.tidy(pdf.tool("pdftotext", "-raw", "-f", n + 1, "-l", n + 1, folder / "cv.pdf", "-")[1].decode()) for n in range(len(pages))]
    problems = [] if len(pages) > 3 else ["too few pages to tell"]
    found = 0
    for name, where in objects.destinations().items():
        kind, _, number = name.partition("_")
        if kind not in ("section", "par", "entry", "group"):
            continue
        found += 1
        where = where["/D"] if isinstance(where, dict) else where
        page = pages.index(id(objects.get(where[0])))
        title = {"section": "Section", "par": "Paragraph", "entry": "Entry", "group": "Group"}[kind] + f" number {number}x"
        if not re.search(title.replace(" ", r"\s"), texts[page]):
            problems.append(f"#{name} leads to page {page + 1}, which has no {title!r}")
    suite.check(f"anchors in {style}", problems + ([] if found == 96 else [f"{found} destinations instead of 96"]))


def photos(suite):
    for ending, bytes_, encoding in (("png", make.png(), "image"), ("jpg", make.jpeg(), "jpeg")):
        xml = f'<cv version="1"><person><name family="Photo"/><photo src="face.{ending}"/></person></cv>'.encode()
        for style in STYLES:
            folder, _ = suite.stage(f"photo-{ending}-{style}", xml)
            done = suite.render(folder / "cv.xml", folder / "cv.pdf", *STYLES[style])
            if suite.check(f"photo {ending} in {style}: renders", [] if done.returncode == 0 and "W0" not in done.stderr else done.stderr):
                images = pdf.images(folder / "cv.pdf")
                suite.check(f"photo {ending} in {style}", [] if [kind for _, kind in images] == [encoding] else f"{images}")


# What a line of a template's frame becomes, for a fault that check-template must tell of: the command, the words.
FAULTS = {
    "a command that is not there": (r"\\newcommand\{\\cvlink\}.*\n", "", "does not know the command `\\\\cvlink`"),
    "an unknown command in a definition": (r"(\\newcommand\{\\cvparagraph\}\[1\]\{)", r"\1\\nosuchthing ", r"`\\nosuchthing`\n +--> .*preamble.tex:[0-9]+:[0-9]+\n"),
    "an argument lost": (r"\\newcommand\{\\cvdated\}\[2\]\{.*", r"\\newcommand{\\cvdated}[2]{#2\\par}", r"`end[0-9]+` is not in the text of the PDF\n +--> .*\n +\|\n *[0-9]+ \| \\cvdated"),
    "a line too wide": (r"\\newcommand\{\\cvparagraph\}\[1\]\{.*", r"\\newcommand{\\cvparagraph}[1]{\\noindent\\hbox{#1}\\par}", "pt .* too wide"),
    "the name not first": (r"(\\makecvtitle\n)", r"Curriculum\\par\n\1", "does not begin with the name"),
}


def contract(suite, template):
    """Every command that cvgen writes, with every argument empty and full."""
    done = subprocess.run([suite.cvgen, "check-template", template], capture_output=True, text=True)
    suite.check(f"contract of {template}", [] if done.returncode == 0 and "all is well" in done.stderr else done.stderr)


def broken_contracts(suite):
    """Templates with planted faults, each of which check-template tells of."""
    for fault, (pattern, replacement, said) in FAULTS.items():
        name = re.sub("\\W", "-", fault)
        subprocess.run([suite.cvgen, "init-template", name, "--from", "compact", "--template-dir", suite.work / "looks", "-q"], check=True)
        path = suite.work / "looks" / name / "preamble.tex"
        frame, count = re.subn(pattern, replacement, path.read_text(encoding="utf-8"), count=1)
        path.write_text(frame, encoding="utf-8")
        done = subprocess.run([suite.cvgen, "check-template", name, "--template-dir", suite.work / "looks"], capture_output=True, text=True)
        suite.check(f"contract broken by {fault}", [] if count == 1 and done.returncode not in (0, 70) and re.search(said, done.stderr) else f"{count} {done.returncode} {done.stderr}")


def guard(suite):
    """Faults planted on purpose are noticed."""
    name, xml = next((n, x) for n, x in corpus() if n == "everything")
    folder, cv = suite.stage("guard", xml)
    done = suite.render("cv.xml", "cv.pdf", folder=folder)
    if not suite.check("guard: renders", [] if done.returncode == 0 else done.stderr):
        return
    for mode in MODES:
        text = unicodedata.normalize("NFC", pdf.text(folder / "cv.pdf", mode))
        find = lambda text: match.compare(cv, match.Page(text, mode))
        faults = {"nothing": text, "a word gone": text.replace("Svalbard", "", 1), "a bullet gone": text.replace("• Nobody", "Nobody"),
                  "a date gone": text.replace("2008 – 2011", "2008"), "a title gone": text.replace("Tongues", ""),
                  "bullets swapped": text.replace("Four cruises", "X").replace("and one without heating.", "Four cruises").replace("X", "and one without heating.", 1),
                  "a blank gone": text.replace("Ice team", "Iceteam"), "a hyphen gone": text.replace("D5-0815", "D50815")}
        if mode == "":
            del faults["a hyphen gone"]  # that is what poppler does there to hyphens at the end of a line
        for fault, changed in faults.items():
            noticed = bool(find(changed))
            planted = changed != text
            suite.check(f"guard: {fault}, pdftotext {mode}", [] if noticed == planted == (fault != "nothing") else
                        f"planted: {planted}, noticed: {noticed} {find(changed)[:3]}")
    judged_guard(suite, cv, extract.EXTRACTORS["-raw"](folder / "cv.pdf"))
    suite.check("guard: a link gone", [] if compare_addresses({"https://a.example/x%20y", "https://b.example"}, ["https://b.example"]) else "not noticed")
    suite.check("guard: a link that differs", [] if compare_addresses({"https://a.example/#x"}, ["https://a.example/%23x"]) else "not noticed")
    suite.check("guard: ligature and private use", [] if len(strange("e\ufb03cient \ue000", "efficient")) == 2 else "not noticed")


def judged_guard(suite, cv, text):
    """The judge of text layers notices each kind of fault, and calls it by its name."""
    swap = lambda text, a, b: text.replace(a, "@@").replace(b, a).replace("@@", b)
    sections = re.split("(?m)^(?=(?:In Short|Studies|Work|Ventures)$)", text)
    faults = {"nothing": (text, ""), "a lost word": (text.replace("Svalbard", "", 1), "lost"),
              "a hyphenated word": (text.replace("Tongues", "Ton-\ngues"), "broken"), "a split word": (text.replace("Tongues", "Ton gues"), "broken"),
              "joined words": (text.replace("Ice team", "Iceteam"), "broken"), "a detached date": (text.replace("2008 – 2011", "") + "2008 – 2011\n", "order"),
              "reversed columns": ("".join([sections[0], *reversed(sections[1:])]), "order"), "the name later": (text[text.index("\nOceanographer"):] + cv.name, "order"),
              "bullets swapped": (swap(text, "Four cruises", "and one without heating."), "order"), "a bullet on a line of its own": (text.replace("• ", "•\n", 1), "order"),
              "icon rubbish": (text.replace(cv.head[0].text, "§ " + cv.head[0].text, 1), "strange"),
              "private use": (text.replace(cv.head[0].text, "\ue0b1 " + cv.head[0].text, 1), "strange"),
              "a ligature": (text.replace("fi", "\ufb01", 1), "strange"), "a replacement character": (text.replace("e", "\ufffd", 1), "strange")}
    for fault, (changed, kind) in faults.items():
        report = layer.judge(cv, changed)
        noticed = [name for name in ("lost", "broken", "order", "strange") if getattr(report, name)]
        suite.check(f"guard: the judge and {fault}", [] if (changed != text) == (fault != "nothing") and (kind in noticed if kind else not noticed) else
                    f"planted: {changed != text}, noticed: {noticed}")


def tasks(suite):
    for style in ("banking", "academic", "compact"):  # other typefaces
        yield lambda style=style: characters(suite, style)
    yield from every_document(suite)
    sample = [(name, xml) for name, xml in corpus() if (ROOT / "cv-data" / name).is_dir() or name in ("everything", "special-characters")]
    for name, xml in sample:
        yield lambda name=name, xml=xml: reproducible(suite, name, xml)
        yield lambda name=name, xml=xml: by_hand(suite, name, xml)
    everything = (ROOT / "examples/everything.xml").read_bytes()
    for name, xml in make.special_cvs(everything):
        yield lambda name=name, xml=xml: generated(suite, name, xml)
    for name, xml in make.odd_cvs():
        for style in ("banking", "classic", "academic", "compact", "modern", "sidebar"):
            yield lambda name=name, xml=xml, style=style: generated(suite, name, xml, style=style)
    for style in STYLES:
        yield lambda style=style: anchors(suite, style)
    yield lambda: photos(suite)
    for path in sorted(ROOT.glob("latex-templates/*/template.xml")):
        yield lambda name=path.parent.name: contract(suite, name)
    yield lambda: broken_contracts(suite)
    yield lambda: guard(suite)


def main():
    arguments = checks.arguments(__doc__, (("--keep",), {"help": "a folder to leave all files in"}),
                                 (("--all",), {"action": "store_true", "help": "read every CV with every reader, not a sample"}),
                                 (("--only",), {"default": "", "help": "a regular expression for the names of checks to show"}))
    missing = [tool for tool in ("pdflatex", "pdfinfo", "pdffonts", "pdfimages", "qpdf") if not shutil.which(tool)] + extract.missing()
    if missing:
        print(f"needs {', '.join(missing)}\n0 passed, 1 failed")
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(arguments.keep or temporary)
        work.mkdir(parents=True, exist_ok=True)
        suite = Suite(arguments.cvgen, work, arguments.all)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda task: suite.check("the test itself", checks.broken(task)), tasks(suite)))
    print(", ".join(f"{count} {what}" for what, count in suite.counts.items()))
    return suite.end(arguments.only)


if __name__ == "__main__":
    sys.exit(main())
