#!/usr/bin/env python3
"""Renders the CVs of examples/scripts with lualatex and the fonts of scripts/packages, and reads the PDFs back."""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))
import checks
import expect
import extract
import layer
import make
import match
import pdf

TEMPLATES = ("moderncv", "academic", "modern")
MORE = ("compact", "sidebar")  # --all; without it sidebar with one CV of each direction
SAMPLE = {("hebrew", "sidebar"), ("greek", "sidebar"), ("japanese", "compact")}
RIGHT_TO_LEFT = ("hebrew", "arabic")
# Who gets every word of a script. mutool, pdf.js and pdfminer know no ActualText, which letters of Hindi need; pdftotext -raw
# puts every letter from right to left on a line of its own, and the others bring words of two directions in the order of the
# page.
READERS = {"hindi": ("pdftotext", "-layout"), "mixed-scripts": ("pdftotext", "-layout")}
CHECKED = TEMPLATES  # by cvgen check; pdftotext takes some dates of right-to-left pages for a column in compact
TYPEFACES = {"pagella": ("TeXGyrePagella", "P052"), "termes": ("TeXGyreTermes", "NimbusRoman"), "schola": ("TeXGyreSchola", "C059"), "bonum": ("TeXGyreBonum", "URWBookman"),
             "heros": ("TeXGyreHeros", "NimbusSans"), "adventor": ("TeXGyreAdventor", "URWGothic"), "roman": ("LMRoman", "CMU"), "sans": ("LMSans", "CMU")}
PLANTED = 8  # words a CV
LAST = ("Babbage", "Street", "London", "G", "H")  # of lines
SIGNS = ".,;:·。"
IN_ORDER = ("-layout", "-raw", "mutool", "pdf.js")
DIRECTIONS = dict.fromkeys(map(ord, "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"))
# Folders with the fonts of the packages, and with no others: a machine may have more.
FONTS = "truetype/cmu truetype/culmus opentype/fonts-hosny-amiri truetype/lohit-devanagari truetype/wqy opentype/urw-base35 opentype/ipafont-gothic truetype/ancient-scripts"


def font_configuration(folder):
    path = folder / "fonts.conf"
    dirs = "".join(f"<dir>/usr/share/fonts/{name}</dir>" for name in FONTS.split())
    path.write_text(f'<?xml version="1.0"?>\n<fontconfig>{dirs}<cachedir>{folder}/fontconfig</cachedir></fontconfig>\n')
    return path


class Suite(checks.Checks):
    def __init__(self, cvgen, work, environment):
        super().__init__()
        self.cvgen, self.work, self.environment = cvgen, work, environment

    def run(self, *words):
        return subprocess.run([self.cvgen, *map(str, words)], env={**os.environ, **self.environment}, stdin=subprocess.DEVNULL, capture_output=True, text=True)

    def document(self, name, template):
        source, output = ROOT / f"examples/scripts/{name}.xml", self.work / f"{name}-{template}.pdf"
        label = f"{name} in {template}"
        done = self.run("render", source, "-o", output, "--template", template, "-v")
        if not self.check(f"{label}: renders", "" if done.returncode == 0 and "lualatex, " in done.stderr else done.stderr):
            return
        self.check(f"{label}: no diagnostics", re.findall(r"^(?:error|warning)\b.*", done.stderr, re.M))
        self.check(f"{label}: qpdf --check", pdf.check(output))
        self.check(f"{label}: fonts", [f"{font}: {kind}, embedded: {embedded}" for font, kind, embedded in pdf.fonts(output) if not embedded or kind == "Type 3"])
        cv = expect.read(source.read_bytes())
        info = pdf.info(output)
        self.check(f"{label}: metadata", [f"{key}: {info.get(key)!r}" for key, good in (("Title", info.get("Title", "").startswith(cv.name + " – ")), ("Author", info.get("Author") == cv.name)) if not good])
        language = pdf.Objects(output).catalog.get("/Lang")
        self.check(f"{label}: language", "" if language == f"u:{cv.language}" else language)
        if template in CHECKED:
            checked = self.run("check", output, "--against", source)
            self.check(f"{label}: cvgen check", "" if checked.returncode == 0 and "none lost, all in order" in checked.stdout + checked.stderr else checked.stdout + checked.stderr)
        if template == CHECKED[0]:
            self.planted(label, source, output)
        if name in RIGHT_TO_LEFT:
            self.right_to_left(label, output, cv)
        else:
            self.words(label, name, output, cv, template)

    def planted(self, label, source, output):
        """cvgen check names a word that is not there, be it one that it expects in place of another or one more."""
        xml = source.read_text()
        words = [found for found in re.finditer(r"(?<=[> ])[^\s<>&=\".,;:·。、，]{3,12}(?=[ .,<])", xml[xml.index("<summary>"):]) if any(ord(c) > 0x36F for c in found[0])]
        plant = source.name
        for number, word in enumerate(words[::max(1, len(words) // PLANTED)]):
            other = "".join(reversed(re.findall(r".[\u0300-\u036f\u0590-\u05cf\u064b-\u065f\u0900-\u0903\u093a-\u094f]*", word[0])))
            if other == word[0]:
                continue
            begin, end = (xml.index("<summary>") + at for at in word.span())
            (self.work / plant).write_text(xml[:begin if number % 2 else end] + ("" if number % 2 else " ") + other + xml[end:])
            checked = self.run("check", output, "--against", self.work / plant)
            lost = re.findall(r"^error\[E0901\]: `(.*?)` is not in the text", checked.stderr, re.M)
            self.check(f"{label}: {other} planted", "" if checked.returncode == 1 and [word.rstrip(SIGNS) for word in lost] == [other] else checked.stderr or "not found")

    def words(self, label, name, output, cv, template):
        for reader in READERS.get(name, extract.EXTRACTORS):
            report = layer.judge(cv, extract.EXTRACTORS[reader](output), 2 if template == "sidebar" else 0)
            rtl = {word for word, _ in report.broken if any(unicodedata.bidirectional(c) in ("R", "AL") for c in word)}
            # Of words of the other direction the blanks move, and so they do beside their neighbours.
            broken = [] if rtl else report.broken
            self.check(f"{label}: words, {reader}", [*report.lost, *map(str, broken)])
            self.check(f"{label}: strange characters, {reader}", [c for c in report.strange if c.startswith("U+")])
            if reader in IN_ORDER and not (reader == "-layout" and template == "sidebar"):
                self.check(f"{label}: order, {reader}", report.order)

    def right_to_left(self, label, output, cv):
        """In the order of the page the letters of every text follow one another; in the order of lines its words do."""
        stream = squeezed(extract.EXTRACTORS["mutool"](output))
        lines = extract.EXTRACTORS["pdftotext"](output).translate(DIRECTIONS)
        words = words_of(lines)
        lost, torn = [], []
        for text in cv.texts():
            wanted = words_of(text.text)
            lost += [word for word in wanted if squeezed(word) not in stream]
            for run in runs_of(text.text):
                if squeezed(run) not in squeezed(" ".join(words)):
                    torn.append(run)
        self.check(f"{label}: words, mutool", lost)
        self.check(f"{label}: order of words, pdftotext", torn)
        numbers = [text.text for text in cv.head if text.text.startswith("+")]
        self.check(f"{label}: telephone numbers", [number for number in numbers if number not in lines])
        starts = [squeezed(" ".join(words)).find(squeezed(" ".join(words_of(section.title)))) for section in cv.sections if section.title]
        self.check(f"{label}: order of sections", "" if starts == sorted(starts) else starts)

    def proofread(self, name):
        done = self.run("render", ROOT / f"examples/scripts/{name}.xml", "-o", self.work / f"{name}-check.pdf", "--template", "academic", "--check")
        self.check(f"{name}: render --check", "" if done.returncode == 0 and not re.findall("^(?:error|warning)", done.stderr, re.M) else done.stderr)

    def letter(self):
        """In a letter from right to left the lines of an address end at the right edge, in whatever letters."""
        source, output = self.work / "letter.xml", self.work / "letter.pdf"
        source.write_text('<cv version="1" lang="he"><person><name given="נועה" family="לביא"/></person><letter name="a" date="2026-03-31"><recipient>Mr Babbage<br/>1 Dorset Street<br/>גלים הנדסה'
                          '<br/>London</recipient><opening>שלום</opening><p>קראתי בעניין רב.</p><enclosure>Note G</enclosure><enclosure>Note H</enclosure></letter></cv>')
        done = self.run("render", source, "-o", output, "--letter", "a", "--template", "academic")
        if not self.check("letter: renders", "" if done.returncode == 0 else done.stderr):
            return
        boxes = pdf.tool("pdftotext", "-bbox", output, "-")[1].decode()
        edge = {word: float(at) for at, word in re.findall(r'xMax="([0-9.]+)"[^>]*>(.*?)</word>', boxes)}
        self.check("letter: the right edge", "" if max(edge[w] for w in LAST) - min(edge[w] for w in LAST) < 1 else str(edge))
        text = pdf.text(output)
        self.check("letter: order in a line", [line for line in ("1 Dorset Street", "Note G", "31") if line not in text])

    def typefaces(self):
        """Each typeface has its own shapes for Latin letters, and those of its kin for Cyrillic and Greek."""
        source = self.work / "typefaces.xml"
        source.write_text('<cv version="1"><person><name given="Ada" family="Лайко"/></person><summary><p>Μηχανικός, инженер: <b>Αθήνα, Київ</b>, office, <i>Αθήνα</i>, ◇ and ♢.</p></summary></cv>')
        for name, (latin, other) in TYPEFACES.items():
            output = self.work / f"typeface-{name}.pdf"
            done = self.run("render", source, "-o", output, "--template", "academic", "--set", f"font={name}", "--check")
            self.check(f"typeface {name}: --check", "" if done.returncode == 0 and not re.findall("^(?:error|warning)", done.stderr, re.M) else done.stderr)
            embedded = " ".join(font for font, _, _ in pdf.fonts(output)) if done.returncode == 0 else ""
            self.check(f"typeface {name}: fonts", [font for font in (latin, other) if embedded.count("+" + font) < 2] + re.findall("CMU" if other != "CMU" else "TeXGyre", embedded))

    def archive(self, name):
        """PDF/A holds for lualatex as it does for pdflatex."""
        output = self.work / f"{name}-archive.pdf"
        done = self.run("render", ROOT / f"examples/scripts/{name}.xml", "-o", output, "--set", "pdfa=yes")
        self.check(f"PDF/A-1b: {name}", pdf.preflight(output) if done.returncode == 0 else done.stderr)

    def pages(self):
        """A page budget: kept, by leaving out what is older, and nothing of the rest."""
        jobs = "".join(f'<job from="{2024 - n}" to="{2024 - n}"><title>Инженер</title><employer>Завод {n}</employer><highlights>' + f"<item>Прибор {n}.</item>" * 3 + "</highlights></job>" for n in range(16))
        source, output = self.work / "long.xml", self.work / "long.pdf"
        source.write_text(f'<cv version="1" lang="ru"><person><name given="Вера" family="Лайко"/></person><experience>{jobs}</experience></cv>')
        shown = {}
        for budget in (2, 1):
            done = self.run("render", source, "-o", output, "--template", "academic", *(("--pages", "1") if budget == 1 else ()))
            pages = int(pdf.info(output)["Pages"]) if done.returncode == 0 else 0
            self.check(f"--pages: {budget}", "" if pages == budget else f"{pages} pages: {done.stderr}")
            text = pdf.text(output) if pages else ""
            shown[budget] = [n for n in range(16) if re.search(f"Завод {n}\\b", text)]
        self.check("--pages: all without it", "" if shown[2] == list(range(16)) else str(shown[2]))
        self.check("--pages: the latest with it", "" if 4 < len(shown[1]) and shown[1] == list(range(len(shown[1]))) else str(shown[1]))

    def characters(self):
        """Those that pdflatex knows, in words; signs that stand for two letters may be read as these."""
        units = make.character_units(ROOT / "latex-templates/characters.tsv")
        source, output = self.work / "characters.xml", self.work / "characters.pdf"
        source.write_bytes(make.character_cv(units))
        done = self.run("render", source, "-o", output, "--template", "academic", "--engine", "lualatex")
        if not self.check("characters: renders", "" if done.returncode == 0 else done.stderr):
            return
        have = match.tidy(unicodedata.normalize("NFC", pdf.text(output, "-raw")))
        for kind in [*make.KINDS, "section title"]:
            bad = []
            for unit in set(units):
                words = [make.in_word(way, kind) for way in (unit, unicodedata.normalize("NFKC", unit))]
                if not any(match.pattern(unicodedata.normalize("NFC", word), "-raw").search(have) for word in words):
                    bad.append(f"{unit} U+{ord(unit[0]):04X}")
            self.check(f"characters: {kind}", bad)


    def metadata(self):
        """Strings of metadata that mean something to TeX or to PDFs, of ASCII and of more."""
        for name, keywords in (("ascii", r"C:\, a\)b, (c, TeX -- LaTeX, !`, 100%, #1, {x}, ~^$_"), ("more", r"C:\, Ελληνικά, a\)b, 語, 100%")):
            source, output = self.work / f"metadata-{name}.xml", self.work / f"metadata-{name}.pdf"
            source.write_text(f'<cv version="1"><person><name given="Ada" family="L"/><headline>Ελληνικά</headline><keywords>{keywords}</keywords></person></cv>')
            done = self.run("render", source, "-o", output, "--template", "academic")
            if self.check(f"metadata, {name}: renders", "" if done.returncode == 0 else done.stderr):
                self.check(f"metadata, {name}", "" if pdf.info(output).get("Keywords") == keywords else str(pdf.info(output)))


def runs_of(text):
    """Stretches of words from right to left."""
    return [run for run in re.split("[^\u0590-\u06ff \u0300-\u036f]+", unicodedata.normalize("NFC", text)) if run.strip()]


def words_of(text):
    return [word for run in runs_of(text) for word in run.split()]


def squeezed(text):
    """Without blanks, and without the marks above and below, which come before or after their letter."""
    text = unicodedata.normalize("NFKC", text).translate(DIRECTIONS)
    return "".join(c for c in text if not c.isspace() and not unicodedata.combining(c))


def main():
    options = checks.arguments(__doc__, (("--all",), {"action": "store_true", "help": "every template with every CV"}))
    # luaotfload reads every font once; that is kept from run to run.
    kept = pathlib.Path(os.environ.get("XDG_CACHE_HOME", tempfile.gettempdir())) / "lualatex"
    kept.mkdir(parents=True, exist_ok=True)
    names = sorted(path.stem for path in (ROOT / "examples/scripts").glob("*.xml"))
    with tempfile.TemporaryDirectory() as temporary:
        environment = {"FONTCONFIG_FILE": str(font_configuration(kept)), "TEXMFCACHE": str(kept), "XDG_CACHE_HOME": temporary}
        suite = Suite(options.cvgen, pathlib.Path(temporary), environment)
        tasks = [(name, template) for name in names for template in TEMPLATES + MORE
                 if options.all or template in TEMPLATES or (name, template) in SAMPLE]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            others = [pool.submit(suite.characters), pool.submit(suite.pages), pool.submit(suite.letter), pool.submit(suite.typefaces), pool.submit(suite.metadata), *(pool.submit(suite.archive, name) for name in ("hebrew", "chinese")),
                      *(pool.submit(suite.proofread, name) for name in RIGHT_TO_LEFT)]
            list(pool.map(lambda task: suite.document(*task), tasks))
            for other in others:
                other.result()
    return suite.end(most=6)


if __name__ == "__main__":
    sys.exit(main())
