"""Attacks, with a canary outside: no output says what is in it, and no file comes to be that nobody asked for."""

import os
import random
import re
import shutil
import subprocess

import attacks
import fields
import naughty
import pdf

SECRET = "canary 5f0c1e7a sings"
SETTINGS = "style color paper fontsize font hmargin vmargin spacing hintscolumn pagenumbers links pdfa icons photowidth photoframe".split()


class Outside:
    """A file that no run may read, and one that none may write."""

    def __init__(self, suite, name="outside"):
        self.folder = suite.folder(name)
        self.canary, self.target = self.folder / "canary.txt", self.folder / "target"
        self.canary.write_text(SECRET)

    def aim(self, text):
        return text.replace("CANARY", str(self.canary)).replace("TARGET", str(self.target))

    def harm(self, folder, done=None):
        """What of the secret got into a folder or what was said, and what was written."""
        found = [f"{path} was made" for path in [self.target, *folder.rglob("made*")] if path.exists()]
        texts = [done.stdout, done.stderr] if done else []
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                texts.append(path.read_bytes().decode("latin-1"))
                if path.suffix == ".pdf":
                    texts.append(pdf.tool("pdftotext", "-raw", path, "-")[1].decode("utf-8", "replace"))
        if any(re.sub(r"\s", "", SECRET) in re.sub(r"\s", "", text) for text in texts):
            found.append("the canary was read")
        return found


def packed(suite, outside, turn, look, engine):
    """Every attack in some field, in one document."""
    label = f"TeX attacks {turn} in {look}, {engine}"
    folder = suite.folder(f"attacks-{turn}-{engine}")
    path = folder / "cv.xml"
    (folder / "everything.png").write_bytes((fields.ROOT / "examples/everything.png").read_bytes())
    members = [("attack", outside.aim(text).encode()) for text in attacks.TEX]
    document = naughty.pack(suite.pieces, members, turn, random.Random(turn))
    suite.tally["attacks by fields"] += len(document.assigned)
    if not naughty.settle(suite, label, document, path):
        return
    done = suite.cvgen("render", path, "-o", folder / "cv.pdf", "--variant", "first", "--engine", engine, *naughty.LOOKS[look])
    suite.check(f"{label}: renders", [] if done.returncode == 0 else done.stderr)
    tex = suite.cvgen("render", path, "-o", folder / "cv.tex", "--variant", "first", "--engine", engine, *naughty.LOOKS[look])
    suite.check(f"{label}: does no harm", outside.harm(folder, done) + outside.harm(folder, tex))


def refused(suite, label, outside, folder, *words, codes=(1, 2, 3)):
    done = suite.cvgen(*words, folder=folder)
    suite.tally["other attacks"] += 1
    return suite.check(label, outside.harm(folder, done) + ([] if done.returncode in codes else [f"exit code {done.returncode}: {done.stderr[-300:]}"]) + control(done.stderr))


def control(text):
    """Characters that would make a terminal do something."""
    return [f"U+{ord(c):04X} in {text[:300]!r}" for c in set(text) if (ord(c) < 32 and c not in "\n\t") or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068"]


def settings(suite, outside):
    folder = suite.folder("settings")
    path = folder / "cv.xml"
    for i, text in enumerate(map(outside.aim, attacks.TEX)):
        path.write_text(attacks.DOCUMENT % "X")
        name = SETTINGS[i % len(SETTINGS)]
        refused(suite, f"--set {name}={text}", outside, folder, "render", "cv.xml", "-o", "a.pdf", "--set", f"{name}={text}")
        for option in ("--set", "--template", "--variant", "--engine", "--pages", "--to", "--dpi"):
            refused(suite, f"{option} {text}", outside, folder, "render", "cv.xml", "-o", "a.pdf", option, text)


def documents(suite, outside):
    folder = suite.folder("documents")
    every = {**{name: outside.aim(text).encode() for name, text in attacks.XML.items()}, **attacks.ENCODED}
    for name, text in every.items():
        (folder / "cv.xml").write_bytes(text)
        refused(suite, f"XML: {name}", outside, folder, "render", "cv.xml", "-o", "a.tex", codes=(0, 1))
    for name, text in attacks.LONG.items():
        (folder / "cv.xml").write_text(text)
        done = suite.cvgen("render", "cv.xml", "-o", "long.pdf", folder=folder)
        before_tex = done.returncode == 1 and ("E0315" in done.stderr or "E0310" in done.stderr) and "E07" not in done.stderr
        suite.check(f"too long: {name}", [] if before_tex else [f"exit code {done.returncode}: {done.stderr[-300:]}"])


def photos(suite, outside):
    """What is named as a photo."""
    folder = suite.folder("photos")
    (folder / "link.png").symlink_to(outside.canary)
    (outside.folder / "true.png").write_bytes((fields.ROOT / "examples/everything.png").read_bytes())
    (folder / "away.png").symlink_to(outside.folder / "true.png")
    (folder / "up").symlink_to(outside.folder)
    (folder / "device.png").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.png")
    (folder / "canary.png").write_text(SECRET[::-1])
    names = ["link.png", "away.png", "up/true.png", "device.png", "pipe.png", "canary.png", "../outside/true.png", str(outside.folder / "true.png"), "/dev/zero", "/dev/stdin", "/proc/self/environ", ".", "", "..", "|cat.png",
             f"file://{outside.canary}", "http://example.org/x.png", "\\input{x}.png", "a%00.png", "x" * 5000]
    for name in names:
        (folder / "cv.xml").write_text(f'<cv version="1"><person><name family="X"/><photo src="{name}"/></person></cv>')
        refused(suite, f"photo {name[:60]}", outside, folder, "render", "cv.xml", "-o", "a.pdf", codes=(1,))


def names(suite, outside):
    """Names of files, as they are and in what is said of them."""
    folder = suite.folder("names")
    good = attacks.DOCUMENT % "X"
    for name in attacks.NAMES:
        if name == "-":
            continue
        encoded = name.encode() if name != "\x9b31m.xml" else b"\x9b31m.xml"
        for text, code in ((good, 0), ("<cv>", 1)):
            with open(os.path.join(os.fsencode(folder), encoded), "wb") as file:
                file.write(text.encode())
            for words in (("validate", "--", encoded), ("validate", b"./" + encoded), ("render", "-o", "out.tex", "--", encoded), ("render", "-o", "out.pdf", "--", encoded)):
                refused(suite, f"{words[0]} {name!r}", outside, folder, *words, codes=(code,))
        refused(suite, f"file not there {name!r}", outside, folder, "validate", "--", b"none-" + encoded, codes=(3,))
        refused(suite, f"folder for {name!r}", outside, folder, "render", "-o", b"none/" + encoded + b".pdf", "--", encoded, codes=(1, 2, 3))
        os.unlink(os.path.join(os.fsencode(folder), encoded))


def templates(suite, outside, step):
    """Templates of others, in pdflatex; every one of `step`."""
    folder = suite.folder("looks")
    (folder / "cv.xml").write_text(attacks.DOCUMENT % "X")
    for i, text in list(enumerate(map(outside.aim, attacks.TEX)))[::step]:
        look = folder / "templates" / f"t{i}"
        suite.cvgen("init-template", look.name, "--from", "compact", "--template-dir", folder / "templates", "-q")
        preamble = look / "preamble.tex"
        preamble.write_text(preamble.read_text().replace("\\begin{document}", f"\\begin{{document}}\n{text}\n", 1))
        refused(suite, f"template with {text}", outside, folder, "render", "cv.xml", "-o", "a.pdf", "--template", look.name, "--template-dir", "templates", codes=(0, 1, 3))
        shutil.rmtree(look)


def caches(suite, outside):
    """A cache that others could have filled is not used, and stays as it is."""
    folder = suite.folder("cache")
    (folder / "cv.xml").write_text(attacks.DOCUMENT % "X")
    planted = {"open to all": lambda path: (path.mkdir(parents=True), path.chmod(0o777)), "a link": lambda path: (path.parent.mkdir(parents=True), path.symlink_to(outside.folder)),
               "a file": lambda path: (path.parent.mkdir(parents=True), path.write_text("x"))}
    if os.geteuid() == 0:
        planted["of somebody else"] = lambda path: (path.mkdir(parents=True), os.chown(path, 65534, 65534))
    before = sorted(outside.folder.iterdir())
    for name, plant in planted.items():
        home = folder / name
        plant(home / "cvgen")
        done = suite.cvgen("render", "cv.xml", "-o", "a.pdf", folder=folder, environment={"XDG_CACHE_HOME": str(home)})
        filled = (home / "cvgen").is_dir() and not (home / "cvgen").is_symlink() and sorted((home / "cvgen").iterdir())
        suite.check(f"cache that is {name}", ([] if done.returncode == 0 else [done.stderr]) + ([f"has {filled}"] if filled else []) + ([] if sorted(outside.folder.iterdir()) == before else ["wrote outside"]))


def guard(suite, outside):
    """With the hole made by hand, the canary is found in the PDF, and the file that was written."""
    folder = suite.folder("guard")
    (folder / "hole.tex").write_text("\\documentclass{article}\\begin{document}\\input{%s}\\immediate\\openout5=made.txt\\immediate\\write5{x}\\end{document}" % outside.canary)
    subprocess.run(["pdflatex", "-interaction=nonstopmode", "hole.tex"], cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, env={**os.environ, "openin_any": "a"})
    harm = outside.harm(folder)
    suite.check("guard: a hole is noticed", [] if len(harm) == 2 else f"only {harm}")
    suite.check("guard: control characters are noticed", [] if control("\x1b[2J") and control("\x9b") and not control("plain\n") else "not noticed")


def tasks(suite, every):
    outside = Outside(suite)
    looks = list(naughty.LOOKS)
    turns = range(len(attacks.TEX)) if every else (3, 40)
    for turn in turns:
        for engine in ("pdflatex", "lualatex") if shutil.which("lualatex") else ("pdflatex",):
            yield lambda turn=turn, engine=engine: packed(suite, outside, turn, looks[turn % len(looks)], engine)
    yield lambda: templates(suite, outside, 1 if every else 6)
    for task in (settings, documents, photos, names, caches, guard):
        yield lambda task=task: task(suite, outside)
