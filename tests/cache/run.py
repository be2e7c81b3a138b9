#!/usr/bin/env python3
"""The cache: the same bytes with and without it, whatever state it is in. Nothing here depends on time."""

import concurrent.futures
import contextlib
import itertools
import os
import pathlib
import re
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402

STYLES = ("casual", "classic", "banking", "oldstyle", "fancy")
WARM = "preamble and files from the cache"
SMALL = """<cv version="1" lang="en"><person><name given="Ada" family="Lovelace"/><email>ada@example.org</email></person>
<section title="Interests"><item>{}</item></section></cv>"""


class Place:
    """A folder with a cache and documents of its own."""

    def __init__(self, cvgen, base, name):
        self.cvgen = cvgen
        self.folder = base / name
        self.folder.mkdir()
        self.home = self.folder / "cache"
        self.store = self.home / "cvgen" / "1"

    def write(self, text="chess", name="cv.xml"):
        path = self.folder / name
        path.write_text(SMALL.format(text))
        return path

    def run(self, *words, **environment):
        settings = {**os.environ, "XDG_CACHE_HOME": str(self.home), **environment}
        settings = {key: value for key, value in settings.items() if value is not None}
        return subprocess.run([self.cvgen, *map(str, words)], cwd=self.folder, env=settings, capture_output=True, text=True, timeout=300)

    def render(self, cv, *options, output="cv.pdf", **environment):
        """The bytes of the PDF, and what was said; no PDF is a fault."""
        target = self.folder / output
        target.unlink(missing_ok=True)
        done = self.run("render", cv, "-v", "-o", target, *options, **environment)
        assert done.returncode == 0, f"exit {done.returncode}: {done.stderr}"
        return target.read_bytes(), done.stderr

    def without(self, cv, *options, **environment):
        bytes, words = self.render(cv, *options, output="without.pdf", CVGEN_CACHE_SIZE="0", **environment)
        assert "from the cache" not in words, words
        return bytes

    def entries(self):
        return sorted(p for p in (self.store / "formats").iterdir() if not p.name.startswith("."))

    def entry(self):
        found = self.entries()
        assert len(found) == 1, f"{len(found)} entries"
        return found[0]

    def is_warm(self, cv, expected, *options):
        bytes, words = self.render(cv, *options)
        assert bytes == expected, "other bytes with the cache"
        assert WARM in words, words

    def is_right(self, cv, expected, *options, **environment):
        """Right in this run and healed in the next ones."""
        bytes, words = self.render(cv, *options, **environment)
        assert bytes == expected, "other bytes"
        assert "warning" not in words and "error" not in words, words
        self.is_warm(cv, expected, *options)
        self.is_warm(cv, expected, *options)


def same_bytes(place, cv, options):
    expected = place.without(cv, *options)
    warm = 0
    for _ in range(30):  # the first makes the format, unless another process is making one; the second may learn
        bytes, words = place.render(cv, *options)
        assert bytes == expected, "other bytes with the cache"
        warm += WARM in words
        if warm == 3:
            return
    assert False, words


# --- What can happen to it


def damaged(what):
    def test(place):
        cv = place.write()
        expected = place.without(cv)
        place.is_warm(cv, expected)
        place.is_warm(cv, expected)
        what(place.entry())
        place.is_right(cv, expected)

    return test


def flip(path, place=0.5):
    data = bytearray(path.read_bytes())
    data[int(len(data) * place)] ^= 0x10
    path.write_bytes(data)


def truncate(path):
    os.truncate(path, path.stat().st_size // 2)


DAMAGES = {
    "format truncated": lambda entry: truncate(entry / "cv.fmt"),
    "format empty": lambda entry: os.truncate(entry / "cv.fmt", 0),
    "format gone": lambda entry: (entry / "cv.fmt").unlink(),
    "format flipped at its start": lambda entry: flip(entry / "cv.fmt", 0),
    "format flipped in the middle": lambda entry: flip(entry / "cv.fmt"),
    "format flipped near its end": lambda entry: flip(entry / "cv.fmt", 0.99),
    "format of another": lambda entry: (entry / "cv.fmt").write_bytes(b"W2TX" + b"\0" * 4096),
    "manifest flipped": lambda entry: flip(entry / "manifest"),
    "manifest truncated": lambda entry: truncate(entry / "manifest"),
    "manifest empty": lambda entry: (entry / "manifest").write_text(""),
    "manifest gone": lambda entry: (entry / "manifest").unlink(),
    "font map emptied": lambda entry: (entry / "tree/map/pdftex.map").write_text(""),
    "configuration flipped": lambda entry: flip(entry / "tree/texmf.cnf"),
    "tree gone": lambda entry: shutil.rmtree(entry / "tree"),
    "a link that leads nowhere": lambda entry: relink(entry, "/nowhere"),
    "all of it a file": lambda entry: (shutil.rmtree(entry), entry.write_text("x")),
}


def relink(entry, target):
    link = next((entry / "tree/tfm").iterdir())
    link.unlink()
    link.symlink_to(target)


def records_damaged(place):
    cv = place.write()
    expected = place.without(cv)
    place.is_warm(cv, expected)
    for path in (place.store / "records").iterdir():
        flip(path)
    place.is_right(cv, expected)


def killed(place):
    """kill -9 at any moment of the first run, and of learning."""
    cv = place.write()
    expected = place.without(cv)
    settings = {**os.environ, "XDG_CACHE_HOME": str(place.home)}
    for moment in (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.2):
        run = subprocess.Popen([place.cvgen, "render", str(cv), "-o", str(place.folder / "killed.pdf")], env=settings, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        run.kill()
        run.wait()
        if (place.folder / "killed.pdf").exists():
            assert (place.folder / "killed.pdf").read_bytes() == expected
    place.is_right(cv, expected)
    left = [p.name for p in (place.store / "formats").iterdir() if p.name.startswith(".new")]
    assert not left, left


def at_once(place):
    cvs = [place.write(text, f"{i}.xml") for i, text in enumerate(("chess", "Łódź", "go and chess", "x" * 50) * 3)]
    expected = {cv: place.without(cv) for cv in cvs[:4]}
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda cv: place.render(cv, output=f"{cv.stem}-out.pdf")[0], cvs))
    for i, result in enumerate(results):
        assert result == expected[cvs[i % 4]], f"run {i} differs"
    assert len(place.entries()) == 1, place.entries()
    place.is_warm(cvs[0], expected[cvs[0]])


def read_only(place):
    cv = place.write()
    expected = place.without(cv)
    place.is_warm(cv, expected)
    place.is_warm(cv, expected)
    # A file where a folder should be: no user may write there, root neither.
    other = place.folder / "file"
    other.write_text("")
    for environment in ({"XDG_CACHE_HOME": str(other)}, {"XDG_CACHE_HOME": "/proc/cvgen"}, {"XDG_CACHE_HOME": "relative"}, {"XDG_CACHE_HOME": None, "HOME": None},
                        {"XDG_CACHE_HOME": None, "HOME": "/proc/nobody"}):
        bytes, words = place.render(cv, **environment)
        assert bytes == expected, environment
    assert not (place.folder / "relative").exists()


def of_others(place):
    """A folder that someone else made, or may write to, is left alone."""
    cv = place.write()
    expected = place.without(cv)
    folder = place.home / "cvgen"
    folder.mkdir(parents=True, mode=0o777)
    folder.chmod(0o777)
    bytes, words = place.render(cv)
    assert bytes == expected and "from the cache" not in words, words
    assert not list(folder.iterdir())
    folder.rmdir()
    (place.folder / "elsewhere").mkdir()
    folder.symlink_to(place.folder / "elsewhere")
    bytes, words = place.render(cv)
    assert bytes == expected and "from the cache" not in words, words
    assert not list((place.folder / "elsewhere").iterdir())
    if os.geteuid() == 0:
        folder.unlink()
        folder.mkdir(mode=0o700)
        os.chown(folder, 12345, 12345)
        bytes, words = place.render(cv)
        assert bytes == expected and "from the cache" not in words, words


def private(place):
    cv = place.write()
    place.render(cv)
    for path in (place.home / "cvgen", place.store, place.store / "formats", place.entry()):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


def full_disk(place):
    """No file of more than 3 MB can be written: formats can't, PDFs can."""
    cv = place.write()
    expected = place.without(cv)

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))

    settings = {**os.environ, "XDG_CACHE_HOME": str(place.home)}
    target = place.folder / "limited.pdf"
    done = subprocess.run([place.cvgen, "render", "-v", str(cv), "-o", str(target)], env=settings, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 0, done.stderr
    assert target.read_bytes() == expected and "from the cache" not in done.stderr, done.stderr
    assert not list((place.store / "formats").iterdir())
    place.is_right(cv, expected)


def other_layout(place):
    """What another version of cvgen has left is neither read nor touched."""
    old = place.home / "cvgen" / "0"
    old.mkdir(parents=True)
    (old / "x").write_text("x")
    (place.home / "cvgen").chmod(0o700)
    cv = place.write()
    place.is_right(cv, place.without(cv))
    assert (old / "x").read_text() == "x"


def bounded(place):
    cv = place.write()
    place.render(cv)
    size = sum(p.stat().st_blocks * 512 for p in place.entry().rglob("*") if p.is_file() and not p.is_symlink()) >> 20
    first = place.entry()
    place.render(cv, "--set", "color=red", CVGEN_CACHE_SIZE=str(5 * size // 2))
    assert len(place.entries()) == 2
    os.utime(place.entries()[0 if place.entries()[1] == first else 1], (1, 1))  # the newer one has not been used for longest
    place.render(cv, "--set", "color=green", CVGEN_CACHE_SIZE=str(5 * size // 2))
    assert len(place.entries()) == 2 and first in place.entries(), place.entries()


def installation_changes(place):
    """Another TeX tree of the user's own comes, changes, and goes."""
    cv = place.write()
    tree = place.folder / "texmf"
    environment = {"TEXMFHOME": str(tree)}
    expected = place.without(cv, **environment)
    for _ in range(2):
        bytes, words = place.render(cv, **environment)
        assert bytes == expected and WARM in words
    own = tree / "tex/latex/own/moderncvcolorblue.sty"
    own.parent.mkdir(parents=True)
    color = r"\ProvidesPackage{moderncvcolorblue}\definecolor{color0}{rgb}{0,0,0}\definecolor{color1}{rgb}{%s}\definecolor{color2}{rgb}{.4,.4,.4}"
    for shade in ("0,1,0", "1,0,0"):
        own.write_text(color % shade)
        other = place.without(cv, **environment)
        assert other != expected
        for _ in range(3):
            assert place.render(cv, **environment)[0] == other, shade
        expected = other
    shutil.rmtree(tree)
    for _ in range(3):
        assert place.render(cv, **environment)[0] == place.without(cv, **environment)


def learns(place):
    """Fonts that no document has used so far."""
    plain = place.write()
    place.is_warm(plain, place.without(plain))
    for i, text in enumerate(("Łódź, ŵ, Ṽ, ế, ơ", "α β γ ≤ ∞ €", "<b>bold</b> <i>italic</i> <code>code</code> H<sub>2</sub>O", "ʻokina ʼ ļ ķ")):
        cv = place.write(text, f"{i}.xml")
        expected = place.without(cv)
        assert place.render(cv)[0] == expected, text  # the fonts of the tree may lack a glyph
        for _ in range(3):
            place.is_warm(cv, expected)
    place.is_warm(plain, place.without(plain))
    assert len(place.entries()) == 1


def glyphs(place):
    """The fonts of the tree have what documents have used, and a run that lacks a glyph is done again."""
    def names():
        return {line.split()[1] for line in (place.entry() / "manifest").read_text().splitlines() if line.startswith("glyph ")}

    plain = place.write("chess")
    place.is_right(plain, place.without(plain))
    assert "h" in names() and "eacute" not in names(), names()
    fonts = {path: path.stat().st_size for path in (place.entry() / "tree/type1").iterdir() if not path.is_symlink()}
    cv = place.write("Émile, déjà vu")
    place.is_right(cv, place.without(cv))
    assert {"Eacute", "eacute", "agrave"} <= names(), names()
    assert any(path.stat().st_size > size for path, size in fonts.items())
    bold = place.write("<b>déjà</b> <i>vu</i> <code>déjà</code>")
    place.is_right(bold, place.without(bold))
    # Signs of a font with an encoding of its own.
    for number in ('<phone>+49 30 1</phone>', '<phone type="mobile">+49 30 2</phone>'):
        cv.write_text(cv.read_text().replace("</person>", number + "</person>"))
        place.is_right(cv, place.without(cv))
        assert "Mobilefone" not in names() or "mobile" in number, names()
        assert (place.entry() / "tree/type1/marvosym.pfb").stat().st_size < 20000
    assert {"Telefon", "Mobilefone"} <= names(), names()
    # Who takes a glyph out of the list has damaged the list.
    manifest = place.entry() / "manifest"
    manifest.write_text("".join(line for line in manifest.read_text().splitlines(keepends=True) if line != "glyph eacute\n"))
    place.is_right(cv, place.without(cv))


TABLES = r"""\catcode`\@=11 \ExplSyntaxOn
\clist_map_inline:nn { uppercase_index, uppercase_blocks, lowercase_index, lowercase_blocks }
  { \int_step_inline:nn { \intarray_count:c { c__codepoint_#1_intarray } } { \immediate \write -1 { #1~##1~ \intarray_item:cn { c__codepoint_#1_intarray } {##1} } } }
\immediate \write -1 { end~of~tables }
\csname @@end\endcsname
"""


def tables(place, *options):
    """LaTeX's tables of upper and lower case, and what TeX says of itself."""
    (place.folder / "tables.tex").write_text(TABLES)
    subprocess.run(["pdflatex", *options, "-interaction=batchmode", "tables.tex"], cwd=place.folder, stdout=subprocess.DEVNULL, check=True)
    log = (place.folder / "tables.log").read_text(errors="replace")
    assert "end of tables" in log, log[-2000:]
    return re.findall(r"^(?:upper|lower)case_.*|^LaTeX2e.*|^L3 programming.*|^ *\d+ (?:multiletter|hyphenation).*", log, re.M)


def base(place):
    """doctor --warm makes a smaller LaTeX, which is the same but for its size."""
    cv = place.write()
    expected = place.without(cv)
    place.is_warm(cv, expected)
    large = (place.entry() / "cv.fmt").stat().st_size
    said = place.run("doctor", "--warm")
    assert said.returncode == 0 and "\nready  LaTeX\n" in said.stdout, said.stdout
    made = next(path for path in place.entries() if path.name.startswith("base-"))
    assert tables(place) == tables(place, f"-fmt={made}/cv") and len(tables(place)) > 40_000
    before = set(place.entries())
    for template in ("academic", "compact", "modern", "moderncv", "sidebar"):
        place.is_right(cv, place.without(cv, "--template", template), "--template", template)
    assert set(place.entries()) == before, "a template that was not ready"
    sizes = [(path / "cv.fmt").stat().st_size for path in before]
    assert sorted(sizes)[-2] < large / 2, sizes
    # It is made once.
    stamp = (made / "cv.fmt").stat().st_mtime_ns
    place.run("doctor", "--warm")
    assert (made / "cv.fmt").stat().st_mtime_ns == stamp
    # One that is damaged is not used for others, and made again by the next doctor.
    for damage, color in ((flip, "red"), (lambda path: path.unlink(), "grey")):
        damage(made / "cv.fmt")
        look = ("--set", f"color={color}")
        assert place.render(cv, *look)[0] == place.without(cv, *look)
        place.is_right(cv, expected)
        assert "\nready  LaTeX\n" in place.run("doctor", "--warm").stdout
    place.is_right(cv, expected)
    # Its record is lost: the next render finds it, and makes nothing anew.
    before = {path: (path / "cv.fmt").stat().st_mtime_ns for path in place.entries()}
    for record in (place.store / "records").glob("base-*"):
        record.unlink()
    for _ in range(3):
        place.render(cv, "--force")
    place.is_warm(cv, expected, "--force")
    assert {path: (path / "cv.fmt").stat().st_mtime_ns for path in place.entries()}.items() >= before.items()
    assert len(place.entries()) <= len(before) + 1, place.entries()


def regular_expressions(place):
    """The smaller LaTeX has less room for them: one on a long text runs without it, to the same end."""
    assert place.run("doctor", "--warm").returncode == 0
    cv = place.write()
    assert place.run("init-template", "searched", "--template-dir", "looks").returncode == 0
    frame = place.folder / "looks/searched/preamble.tex"
    copy = frame.read_text()
    for letters, warm in ((100, True), (3000, False)):
        search = (r"\ExplSyntaxOn \cs_new:Npn \cvsearched { \tl_set:Nx \l_tmpa_tl { \prg_replicate:nn {%d} {ab} } \regex_replace_all:nnN {a.} {c} \l_tmpa_tl \tl_count:N \l_tmpa_tl }"
                  r" \ExplSyntaxOff") % letters
        frame.write_text(copy.replace("% --- This document", search + "\n% --- This document", 1).replace("\\cvend\n", "\\cvsearched\n\\cvend\n"))
        look = ("--template", "searched", "--template-dir", "looks")
        expected = place.without(cv, *look)
        for _ in range(3):
            bytes, words = place.render(cv, *look)
            assert bytes == expected and "warning" not in words, words
        assert (WARM in words) == warm, words
        text = subprocess.run(["pdftotext", place.folder / "cv.pdf", "-"], capture_output=True, text=True, check=True).stdout
        assert f"{letters}\n" in text, text


def interrupted(place):
    """Control-C at any moment of a warm render takes nothing out of the cache."""
    assert place.run("doctor", "--warm").returncode == 0
    cv = place.write()
    place.is_right(cv, place.without(cv))
    settings = {**os.environ, "XDG_CACHE_HOME": str(place.home)}

    def kept():
        return sorted(path.name for path in place.entries()), [path.name for path in (place.store / "records").glob("base-*")]

    before = kept()
    for i in range(32):
        cv = place.write(f"chess, {i} times")
        run = subprocess.Popen([place.cvgen, "render", cv, "-o", place.folder / "cv.pdf"], env=settings, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(0.003 + i * 0.003)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGINT if i % 2 else signal.SIGTERM)
        assert run.wait() in (0, 130, -signal.SIGINT, -signal.SIGTERM), run.returncode
        assert kept() == before, f"interrupted after {3 + i * 3} ms"


def measured_again(place):
    """What a page budget needs to know of a document is known until that changes, and then for all of it that has not."""
    def cv(*words):
        path = place.folder / "cv.xml"
        jobs = "".join(f'<job date="{2024 - i // 3}"><title>Cook {i}</title><employer>{words[i % len(words)]} inn</employer><highlights>'
                       + "".join(f"<item>{words[(i + j) % len(words)]} {j} {'and more words ' * (12 + i)}</item>" for j in range(3)) + "</highlights></job>" for i in range(12))
        path.write_text(SMALL.format("Interest").replace("<section", f"<experience>{jobs}</experience><section", 1))
        return path

    many = [f"Egg{i}" for i in range(9)]
    # As it was; one word; back; many words; a word in the last line of an entry, which gets deeper; longer by some lines.
    edits = [many, many, ["Ham", *many[1:]], many, [f"Ham{i}" for i in range(9)], ["Eggy", *many[1:]], [many[0] + " and something on the side of it" * 9, *many[1:]], many]
    for template in ("academic", "modern"):
        for pages in ("1", "2"):
            budget = ("--template", template, "--pages", pages)
            for words in edits:
                expected = place.without(cv(*words), *budget)
                for _ in range(2):
                    bytes, said = place.render(cv(*words), *budget, "--force")
                    assert bytes == expected and "left out" in said, said
    budget = ("--template", "modern", "--pages", "2")
    for kind in ("pieces", "fitted"):
        records = list((place.store / "records").glob(f"{kind}-*"))
        assert records, kind
        for path in records:
            flip(path)
        place.is_right(cv("Interest"), place.without(cv("Interest"), *budget), *budget)


def tex_runs_after_an_edit(place):
    """Of a document with a page budget an edit has no more measured than has changed."""
    traced = place.folder / "traced"
    text = (ROOT / "cv-data/dong-he/cv.xml").read_text()
    cv = place.folder / "cv.xml"

    def runs():
        """-> how often TeX was started."""
        said = subprocess.run(["strace", "-f", "-qq", "-e", "trace=execve", "-o", traced, place.cvgen, "render", cv, "--variant", "short", "-o", place.folder / "cv.pdf"],
                              env={**os.environ, "XDG_CACHE_HOME": str(place.home)}, capture_output=True, text=True)
        assert said.returncode == 0, said.stderr
        return len(re.findall(r'execve\("[^"]*/pdflatex"', traced.read_text()))

    for _ in range(3):
        cv.write_text(text)
        place.render(cv, "--variant", "short", "--force")
    for word in ("Newly", "Lately"):
        cv.write_text(text.replace("<item>", f"<item>{word} ", 1))
        # At the tightest, and the PDF itself: that it doesn't fit as it is is known.
        assert runs() == 2, traced.read_text()


def begins_early(place):
    """TeX is started before a CV is read that has changed, and just once."""
    photo = place.folder / "ada.png"
    shutil.copy(ROOT / "examples/everything.png", photo)
    cv = place.folder / "cv.xml"
    text = SMALL.format("chess").replace("</person>", '<photo src="ada.png"/></person>')

    def started():
        """Whether TeX was there before the CV was opened; how often it was started."""
        trace = place.folder / "trace"
        settings = {**os.environ, "XDG_CACHE_HOME": str(place.home)}
        done = subprocess.run(["strace", "-f", "-o", trace, "-e", "trace=execve,openat", place.cvgen, "render", "cv.xml", "-o", place.folder / "cv.pdf"], cwd=place.folder, env=settings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        lines = trace.read_text().splitlines()
        programs = [i for i, line in enumerate(lines) if re.search(r'execve\(".*/pdflatex"', line)]
        opened = next(i for i, line in enumerate(lines) if re.search(r'openat\(.*"cv\.xml"', line))
        return bool(programs) and programs[0] < opened, len(programs)

    def changed(words):
        cv.write_text(text.replace("chess", words))
        return place.without(cv)

    for words in ("chess", "go", "chess"):
        expected = changed(words)
        place.is_right(cv, expected)
    expected = changed("draughts")
    assert started() == (True, 1)
    assert (place.folder / "cv.pdf").read_bytes() == expected
    assert started() == (False, 0)  # it is up to date
    photo.write_bytes(photo.read_bytes() + b"\0")
    assert started() == (False, 1)  # what it was begun for can't be told from the CV
    expected = changed("bridge")
    assert started()[0] and (place.folder / "cv.pdf").read_bytes() == expected
    cv.write_text(text.replace("chess", "<wrong>"))
    assert place.run("render", cv).returncode == 1
    record = next((place.store / "records").glob("early-*"))
    for i, damage in enumerate((flip, truncate, lambda path: path.write_text(""))):
        expected = changed(f"bridge {i}")
        damage(record)
        place.is_right(cv, expected)


def wrong_documents(place):
    """What TeX has to say is said as without."""
    cv = place.write("x" * 200)
    for _ in range(3):
        assert place.run("render", cv, "--diagnostics=short").stderr.splitlines()[:-1] == place.run("render", cv, "--diagnostics=short", CVGEN_CACHE_SIZE="0").stderr.splitlines()[:-1]
    tall = place.write("<math>x</math>")
    assert place.run("render", tall).stderr == place.run("render", tall, CVGEN_CACHE_SIZE="0").stderr


def remembers(place):
    """The number of pages of the last run saves a pass, and a wrong one costs one."""
    def cv(items):
        path = place.folder / "cv.xml"
        path.write_text(SMALL.format("</item><item>".join(f"Interest {i}" for i in range(items))))
        return path

    for items, passes in ((150, "2 passes"), (151, "1 pass"), (5, "2 passes"), (5, "1 pass"), (150, "2 passes")):
        bytes, words = place.render(cv(items))
        assert f"pdflatex, {passes}," in words, words
        assert bytes == place.without(cv(items)), items


def unchanged(place):
    """Nothing is done only if nothing would change."""
    photo = ROOT / "examples/everything.png"
    shutil.copy(photo, place.folder / "ada.png")
    cv, pdf = place.folder / "cv.xml", place.folder / "cv.pdf"
    text = SMALL.format("chess").replace("</person>", '<photo src="ada.png"/></person><variants><variant name="a"/><variant name="b" hide="email"/></variants>')

    def is_done(*options, done=True, **environment):
        result = place.run("render", "cv.xml", "-o", "cv.pdf", *options, **environment)
        assert result.returncode == 0, result.stderr
        words = "cv.pdf is up to date (" if done else "wrote cv.pdf ("
        assert result.stderr.splitlines()[-1].startswith(words), (options, result.stderr)

    cv.write_text(text)
    is_done(done=False)
    bytes, stamp = pdf.read_bytes(), pdf.stat().st_mtime_ns
    is_done()
    assert pdf.stat().st_mtime_ns == stamp
    is_done("--force", done=False)
    is_done()
    for change in (("--set", "color=red"), ("--variant", "b"), ("--pages", "1"), ("--fill",)):
        is_done(*change, done=False)
        is_done(*change)
        is_done(done=False)
    cv.write_text(text.replace("chess", "go"))
    is_done(done=False)
    is_done()
    cv.write_text(text)
    is_done(done=False)
    assert pdf.read_bytes() == bytes
    (place.folder / "ada.png").write_bytes(photo.read_bytes() + b"\0")
    is_done(done=False)
    is_done()
    for meddle in (lambda: flip(pdf), pdf.unlink, lambda: pdf.write_bytes(b"")):
        meddle()
        is_done(done=False)
        assert pdf.read_bytes() == bytes
    is_done(SOURCE_DATE_EPOCH="86400", done=False)
    is_done(done=False)
    is_done(CVGEN_CACHE_SIZE="0", done=False)
    is_done()  # these bytes are the ones that were remembered
    own = shutil.copy(place.cvgen, place.folder / "cvgen")  # another program
    place.cvgen, before = own, place.cvgen
    is_done(done=False)
    place.cvgen = before
    is_done(done=False)
    tree = place.folder / "texmf"
    is_done(TEXMFHOME=str(tree), done=False)
    is_done(TEXMFHOME=str(tree))
    (tree / "tex").mkdir(parents=True)
    is_done(TEXMFHOME=str(tree), done=False)
    # Of what there is to warn is warned every time.
    assert place.run("init-template", "wide", "--template-dir", "looks").returncode == 0
    frame = place.folder / "looks/wide/preamble.tex"
    frame.write_text(re.sub(r"\\newcommand\{\\cvparagraph\}\[1\]\{.*", lambda _: r"\newcommand{\cvparagraph}[1]{\noindent\hbox{#1}\par}", frame.read_text()))
    cv.write_text(SMALL.format("chess").replace("<section", f"<summary><p>{'many words ' * 30}</p></summary><section"))
    for _ in range(3):
        result = place.run("render", "cv.xml", "-o", "cv.pdf", "--template", "wide", "--template-dir", "looks")
        assert "warning[W0701]" in result.stderr and "wrote cv.pdf" in result.stderr, result.stderr
    cv.write_text(text)
    for _ in range(2):
        result = subprocess.run([place.cvgen, "render", "cv.xml", "-o", "-"], cwd=place.folder, env={**os.environ, "XDG_CACHE_HOME": str(place.home)}, capture_output=True)
        assert result.stdout.startswith(b"%PDF"), result.stderr


TESTS = {
    "unchanged": unchanged,
    "records damaged": records_damaged,
    "kill -9": killed,
    "many at once": at_once,
    "no cache to be had": read_only,
    "folders of others": of_others,
    "private": private,
    "full disk": full_disk,
    "another layout": other_layout,
    "bounded": bounded,
    "installation changes": installation_changes,
    "learns": learns,
    "glyphs": glyphs,
    "a smaller LaTeX": base,
    "regular expressions": regular_expressions,
    "interrupted": interrupted,
    "measured again": measured_again,
    "runs of TeX after an edit": tex_runs_after_an_edit,
    "begins early": begins_early,
    "faults of a document": wrong_documents,
    "passes": remembers,
}


def main():
    options = checks.arguments(__doc__, (("names",), {"nargs": "*", "help": "tests whose names contain one of these"}))
    cvgen, suite = options.cvgen, checks.Checks()

    tests = {name: test for name, test in TESTS.items()}
    tests |= {f"damage: {name}": damaged(what) for name, what in DAMAGES.items()}
    documents = sorted(ROOT.glob("examples/*.xml")) + sorted(ROOT.glob("cv-data/*/cv.xml"))
    looks = [(cv, ()) for cv in documents]
    looks += [(ROOT / "examples/everything.xml", ("--template", "moderncv", "--set", f"style={style}")) for style in STYLES]
    looks += [(ROOT / "examples/minimal.xml", ("--template", "moderncv", "--set", setting)) for setting in ("font=roman", "icons=letters", "color=1A5276", "fontsize=12pt", "paper=letter")]
    looks += [(ROOT / "cv-data/dong-he/cv.xml", words) for words in (("--variant", "short"), ("--template", "sidebar", "--pages", "3", "--fill"))]
    listed = subprocess.run([cvgen, "list", "templates"], capture_output=True, text=True, check=True).stdout
    for template in (line.split()[0] for line in listed.splitlines() if line.strip()):
        if template != "moderncv":
            looks += [(cv, ("--template", template)) for cv in (ROOT / "examples/everything.xml", ROOT / "examples/minimal.xml", ROOT / "cv-data/dong-he/cv.xml")]
    for cv, words in looks:
        tests[" ".join(["same bytes:", str(cv.relative_to(ROOT)), *words])] = lambda place, cv=cv, words=words: same_bytes(place, cv, words)
    if options.names:
        tests = {name: test for name, test in tests.items() if any(word in name for word in options.names)}

    with tempfile.TemporaryDirectory(prefix="cvgen-cache-test-") as base, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        base = pathlib.Path(base)
        # Documents share a cache, since the formats are what takes long.
        shared = Place(cvgen, base, "shared")
        numbers = itertools.count()

        def play(name, test):
            place = Place(cvgen, base, f"place-{next(numbers)}")
            if name.startswith("same bytes"):
                place.home, place.store = shared.home, shared.store
            suite.check(name, checks.broken(test, place))

        list(pool.map(lambda item: play(*item), tests.items()))
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
