#!/usr/bin/env python3
"""The document as a whole, from the real pdflatex: pictures of its pages, metadata, PDF/A, photos, page breaks."""

import html
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402
import make  # noqa: E402
import pdf  # noqa: E402

NAMES = [path.parent.name for path in sorted(ROOT.glob("latex-templates/*/template.xml"))]


class Suite(checks.Checks):
    def __init__(self, cvgen):
        super().__init__()
        self.cvgen = cvgen
        self.work = None

    def render(self, *words):
        return subprocess.run([self.cvgen, "render", *map(str, words)], cwd=self.work, stdin=subprocess.DEVNULL, capture_output=True, text=True)


# --- pictures of the pages

def png_rows(bytes_):
    """(width, height, the distinct bytes of the picture before compression)."""
    assert bytes_.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", bytes_[16:24])
    at, data = 8, b""
    while at < len(bytes_):
        length, kind = struct.unpack(">I4s", bytes_[at:at + 8])
        if kind == b"IDAT":
            data += bytes_[at + 8:at + 8 + length]
        at += length + 12
    return width, height, set(zlib.decompress(data))


def pictures(suite):
    cv = ROOT / "cv-data/dong-he/cv.xml"
    done = suite.render(cv, "-o", "cv.pdf")
    suite.check("pictures: the PDF", done.stderr if done.returncode else "")
    pages = int(pdf.info(suite.work / "cv.pdf")["Pages"])
    for dpi, size in ((60, (510, 660)), (150, (1275, 1650))):  # Letter
        done = suite.render(cv, "-o", "cv.png", *(() if dpi == 150 else ("--dpi", dpi)))
        names = [f"cv-{n}.png" for n in range(1, pages + 1)]
        made = sorted(path.name for path in suite.work.glob("*.png"))
        problems = [] if done.returncode == 0 and made == names else [f"{made} instead of {names}: {done.stderr}"]
        for name in names if not problems else []:
            width, height, values = png_rows((suite.work / name).read_bytes())
            if (width, height) != size:
                problems.append(f"{name}: {width} x {height} instead of {size}")
            if len(values) < 20:
                problems.append(f"{name}: nothing on it")
        suite.check(f"pictures: {pages} pages at {dpi} dpi", problems)
    done = suite.render(cv, "--variant", "short", "-o", "one.png", "--dpi", 60)
    suite.check("pictures: one page", [] if [p.name for p in suite.work.glob("one*")] == ["one.png"] else done.stderr)
    first = (suite.work / "one.png").read_bytes()
    suite.render(cv, "--variant", "short", "-o", "one.png", "--dpi", 60)
    suite.check("pictures: the same bytes", [] if (suite.work / "one.png").read_bytes() == first else "they differ")


# --- metadata

def values(suite, template, name):
    """The values of a choice setting, as `cvgen list settings` shows them."""
    listed = subprocess.run([suite.cvgen, "list", "settings", template], capture_output=True, text=True).stdout
    found = re.search(rf"^{name}=.*\n(?:    .*\n)*?    values: (.*)$", listed, re.M)
    return found[1].split() if found else []


def looks(suite):
    """--template and --set words for every look there is."""
    for template in NAMES:
        for style in values(suite, template, "style") or [None]:
            yield f"{template} {style or ''}".strip(), ["--template", template, *(["--set", f"style={style}"] if style else [])]


def packet(path):
    return pdf.tool("pdfinfo", "-meta", path)[1].decode()


def member(xmp, name):
    found = re.search(rf"<{name}>(?:<[^>]*>)*([^<]*)<", xmp)
    return html.unescape(found[1]) if found else None


def metadata(suite):
    shutil.copy(ROOT / "examples/everything.png", suite.work / "everything.png")
    cv = suite.work / "cv.xml"
    cv.write_bytes((ROOT / "examples/everything.xml").read_bytes())
    title, author = "Prof. Dr. Ingrid Marie Vasshaug, PhD – Curriculum Vitae", "Prof. Dr. Ingrid Marie Vasshaug, PhD"
    subject, keywords = "Oceanographer of cold currents", "oceanography, ocean currents, Südpolarmeer & 100 % sea ice"
    for label, words in looks(suite):
        output = suite.work / "cv.pdf"
        done = suite.render(cv, "-o", output, *words)
        if not suite.check(f"metadata of {label}: renders", done.stderr if done.returncode else ""):
            continue
        info, xmp, objects = pdf.info(output), packet(output), pdf.Objects(output)
        wanted = {"Title": title, "Author": author, "Subject": subject, "Keywords": keywords, "Creator": "cvgen"}
        suite.check(f"metadata of {label}: information", [f"{key}: {info.get(key)!r}" for key, value in wanted.items() if info.get(key) != value])
        wanted = {"dc:title": title, "dc:creator": author, "dc:description": subject, "pdf:Keywords": keywords, "dc:language": "en", "xmp:CreatorTool": "cvgen"}
        suite.check(f"metadata of {label}: XMP", [f"{key}: {member(xmp, key)!r}" for key, value in wanted.items() if member(xmp, key) != value])
        suite.check(f"metadata of {label}: claims nothing", "PDF/A" if "pdfaid:part" in xmp else "")
        catalog = objects.catalog
        shown = objects.get(catalog.get("/ViewerPreferences", {}))
        suite.check(f"metadata of {label}: the window shows the title", "" if shown.get("/DisplayDocTitle") is True else str(shown))
        suite.check(f"metadata of {label}: opens without side panel", "" if catalog.get("/PageMode") in (None, "/UseNone") else catalog["/PageMode"])
        suite.check(f"metadata of {label}: language", "" if catalog.get("/Lang") == "u:en" else str(catalog.get("/Lang")))
        suite.check(f"metadata of {label}: no dates", [key for key in ("CreationDate", "ModDate") if key in info])
    cv.write_text('<cv version="1" lang="de"><person><name family="Groß"/></person><skills><skill>C#</skill><skill level="gut">Ada</skill></skills></cv>')
    suite.render(cv, "-o", "de.pdf")
    info = pdf.info(suite.work / "de.pdf")
    suite.check("metadata: title in German, skills for keywords", "" if (info["Title"], info["Keywords"]) == ("Groß – Lebenslauf", "C#, Ada") else str(info))


def archive(suite):
    shutil.copy(ROOT / "examples/everything.png", suite.work / "everything.png")
    plain = suite.work / "plain.pdf"
    suite.render(ROOT / "examples/minimal.xml", "-o", plain)
    suite.check("PDF/A: the judge notices what is none", "" if pdf.preflight(plain) else "it does not")
    cvs = [(f"everything, {label}", ROOT / "examples/everything.xml", words) for label, words in looks(suite)]
    cvs += [(name, ROOT / f"examples/{name}.xml", []) for name in ("minimal", "special-characters", "names-of-europe")]
    for label, cv, words in cvs:
        output = suite.work / "a.pdf"
        done = suite.render(cv, "-o", output, "--set", "pdfa=yes", *words)
        suite.check(f"PDF/A-1b: {label}", pdf.preflight(output) if done.returncode == 0 else done.stderr)


# --- photos

def photos(suite):
    cv, photo = suite.work / "cv.xml", suite.work / "photo"
    cv.write_text('<cv version="1"><person><name family="X"/><photo src="photo"/></person></cv>')

    def verdict(bytes_, *words):
        photo.write_bytes(bytes_)
        done = suite.render(cv, "-o", "cv.tex", *words) if words else subprocess.run([suite.cvgen, "validate", "--diagnostics=short", str(cv)], capture_output=True, text=True)
        return done.returncode, done.stderr

    def refuses(name, bytes_, reason, *words):
        code, said = verdict(bytes_, *words)
        suite.check(f"photos: {name}", "" if code == 1 and "[E0403]" in said and reason in said and "1:55" in said else f"{code}: {said}")

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    def image(width, height, depth, color, interlaced, pixels, *before):
        header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(before) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")

    png, jpeg = make.png(), make.jpeg()
    suite.check("photos: sound ones", [f"{said}" for code, said in map(verdict, (png, jpeg, jpeg + b"after the end")) if code])
    for name, whole in (("PNG", png), ("JPEG", jpeg)):
        taken = [n for n in range(len(whole) - 1) if verdict(whole[:n])[0] != 1]
        suite.check(f"photos: cut {name}", [f"of {len(whole)} bytes {n} are enough" for n in taken])
    taken = [n for n in range(8, len(png)) if verdict(png[:n] + bytes((png[n] ^ 1,)) + png[n + 1:])[0] != 1]
    suite.check("photos: a bit of a PNG changed", [f"byte {n} is not noticed" for n in taken])
    refuses("neither", b"GIF89a", "neither JPEG nor PNG")
    refuses("huge PNG", image(60000, 60000, 8, 2, 0, b""), "60000 x 60000 pixels")
    refuses("pixels missing", image(8, 8, 8, 2, 0, b"\0" * 100), "pixels are missing")
    refuses("no pixels", image(0, 8, 8, 2, 0, b""), "no pixels")
    refuses("unknown kind", image(8, 8, 3, 2, 0, b""), "unknown kind")
    refuses("no palette", image(8, 8, 8, 3, 0, b"\0" * 72), "palette is missing")
    refuses("arithmetic JPEG", jpeg.replace(b"\xff\xc0", b"\xff\xc9"), "does not have")
    adam7 = image(5, 3, 8, 0, 1, b"\0" * 22)
    suite.check("photos: interlaced", verdict(adam7)[1] if verdict(adam7)[0] else "")
    refuses("interlaced, pixels missing", image(5, 3, 8, 0, 1, b"\0" * 21), "pixels are missing")
    alpha = image(2, 2, 8, 6, 0, b"\0" * 18)
    clear = image(2, 2, 8, 2, 0, b"\0" * 14, chunk(b"tRNS", b"\0" * 6))
    cmyk = jpeg.replace(struct.pack(">BHHB", 8, 8, 8, 1), struct.pack(">BHHB", 8, 8, 8, 4))
    suite.check("photos: transparency and CMYK where they may be", [said for code, said in map(verdict, (alpha, clear, cmyk)) if code])
    for name, bytes_, reason in (("alpha", alpha, "transparent"), ("a transparent colour", clear, "transparent"), ("CMYK", cmyk, "CMYK")):
        refuses(f"{name} in PDF/A", bytes_, reason, "--set", "pdfa=yes", "--diagnostics=short")
    for order in ("<", ">"):
        tiff = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "IHHHIHHI", 8, 1, 274, 3, 1, 6, 0, 0)
        exif = b"Exif\0\0" + tiff
        turned = jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]
        code, said = verdict(turned)
        suite.check(f"photos: on its side, {order}", "" if code == 0 and "[W0401]" in said else f"{code}: {said}")


# --- page breaks

def breakable(sections):
    """A CV of many pages whose words say what they belong to: h3 a heading, p3 a line below it, e3 the head of an entry, a3 and z3
    begin and end of a text of two or three lines. A page may end after a z only."""
    out, count = ['<cv version="1"><person><name family="Breaks"/></person>'], 0

    def text():
        nonlocal count
        count += 1
        return f"a{count} " + "some words that fill more than a line of it " * 3 + f"z{count}"

    for section in range(sections):
        entries = ""
        for entry in range(1 + section % 3):
            items = "".join(f"<item>{text()}</item>" for _ in range(1 + (section + entry) % 4))
            entries += f'<job from="2020" to="2021"><title>e{section}x{entry}</title><employer>Employer</employer><place>Place</place><highlights>{items}</highlights></job>'
        intro = f"<p>p{section}</p>" if section % 2 else ""
        out.append(f'<experience title="h{section}">{intro}{entries}</experience>')
        if section % 3 == 0:
            awards = "".join(f'<award date="2020"><title>{kind}{1000 + section}</title></award>' for kind in ("p", "z", "z2"))
            out.append(f'<awards title="h{1000 + section}">{awards}</awards>')
    return "".join(out) + "</cv>"


def page_breaks(suite):
    cv = suite.work / "cv.xml"
    cv.write_text(breakable(24))
    mark = re.compile(r"\b(?:[hpaz][0-9]+|e[0-9]+x[0-9]+)\b")
    order = mark.findall(cv.read_text())
    for label, words in looks(suite):
        problems, seen = [], 0
        for margin in ("1.8cm", "2.05cm", "2.3cm", "2.55cm", "2.8cm"):
            done = suite.render(cv, "-o", "cv.pdf", *words, "--set", f"vmargin={margin}")
            if done.returncode:
                problems.append(done.stderr)
                continue
            texts = pdf.tool("pdftotext", "-raw", suite.work / "cv.pdf", "-")[1].decode().split("\f")[:-1]
            problems += [f"page {n} has no {n}/{len(texts)}" for n, text in enumerate(texts, 1) if not re.search(rf"(?<!\S){n}/{len(texts)}(?!\S)", text)]
            pages = [mark.findall(page) for page in texts]
            place = {word: number for number, page in enumerate(pages) for word in page}
            seen += len(pages) - 1
            for before, after in zip(order, order[1:]):
                # The styles of moderncv with dates at the right edge set awards as lists, which may end anywhere.
                if before[0] == "p" and after[0] == "z" and label.split()[-1] in ("banking", "oldstyle", "fancy", "moderncv"):
                    continue
                if before[0] != "z" and place[before] != place[after]:
                    problems.append(f"{before} on page {place[before] + 1}, {after} on the next, with margins of {margin}")
        suite.check(f"page breaks in {label}", problems or ("" if seen > 15 else f"only {seen} breaks"))
        suite.render(ROOT / "examples/minimal.xml", "-o", "one.pdf", *words)
        (suite.work / "long.xml").write_text(breakable(72))
        done = suite.render("long.xml", "-o", "long.pdf", *words)
        text = pdf.text(suite.work / "long.pdf") if done.returncode == 0 else ""
        last = re.findall(r"(?<!\S)(\d\d)/\1(?!\S)", text)
        suite.check(f"numbers of two digits in {label}", [] if last and "warning" not in done.stderr else f"{last}: {done.stderr}")
        suite.check(f"one page of {label} has no number", "it has" if "1/1" in pdf.text(suite.work / "one.pdf") else "")


def long_section(suite):
    """After a section of more lines than TeX can add up the heights of comes another."""
    publications = "".join(f'<publication date="2020"><title>Paper {n}</title><authors><author>A. B.</author></authors></publication>' for n in range(1600))
    (suite.work / "cv.xml").write_text(f'<cv version="1"><person><name family="Long"/></person><publications>{publications}</publications><skills><skill>Patience</skill></skills></cv>')
    for template in NAMES:
        done = suite.render("cv.xml", "-o", "cv.pdf", "--template", template)
        shown = re.findall(r"Paper (\d+)", pdf.text(suite.work / "cv.pdf", "-raw")) if done.returncode == 0 else []
        suite.check(f"long section in {template}", [] if set(map(int, shown)) == set(range(1600)) else f"{len(shown)} lines: {done.stderr}")


# --- letters

LETTER = """Ada Lovelace
Difference & Analytical Engines Ltd
London
31 March 2026
Application as first programmer
Dear Mr Babbage,
I have read your plans
worked out by human head
What I would bring
step by step, with its variables
I would be glad to show you
Yours sincerely,
Ada Lovelace
Enclosures
Curriculum vitae
Note G, with its table""".splitlines()


def letters(suite):
    """All of a letter in the order of a letter, on one page, in each template; the CV next to it has none of it."""
    cv = ROOT / "examples/letter.xml"
    for name, words in looks(suite):
        done = suite.render(cv, "--letter", "engines", *words, "-o", "letter.pdf")
        if not suite.check(f"letter, {name}: renders", done.stderr if done.returncode else ""):
            continue
        text, at = " ".join(pdf.text(suite.work / "letter.pdf").split()), 0
        for line in LETTER:
            found = text.find(line, at)
            suite.check(f"letter, {name}: {line}", "" if found >= 0 else f"not there, or not in its place: {text}")
            at = max(at, found + len(line))
        about = pdf.info(suite.work / "letter.pdf")
        suite.check(f"letter, {name}: one page", "" if about["Pages"] == "1" else about["Pages"])
        suite.check(f"letter, {name}: title", "" if about["Title"] == "Ada Lovelace – Application as first programmer" else about["Title"])
    suite.render(cv, "-o", "cv.pdf")
    text = pdf.text(suite.work / "cv.pdf")
    suite.check("letter: not in the CV", "" if "Scientific Memoirs" in text and "Babbage" not in text and "Mary" not in text else text)
    suite.render(cv, "--letter", "short", "-o", "short.pdf", "--date", "2026-04-01")
    text = " ".join(pdf.text(suite.work / "short.pdf").split())
    suite.check("letter: a date of the command line", "" if "1 April 2026 Dear Mary," in text else text)


def main():
    arguments = checks.arguments(__doc__, (("--only",), {"default": "", "help": "the name of one test"}))
    suite = Suite(arguments.cvgen)
    for test in (pictures, metadata, archive, photos, page_breaks, long_section, letters):
        if arguments.only in test.__name__:
            with tempfile.TemporaryDirectory() as folder:
                suite.work = pathlib.Path(folder)
                suite.check(f"{test.__name__} itself", checks.broken(test, suite))
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
