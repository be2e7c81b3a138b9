"""All the ways from one CV to a PDF."""

import hashlib
import itertools
import json
import pathlib
import re
import shutil
import time
import xml.etree.ElementTree as tree

import contents
import measure
import others
import typst

HERE = pathlib.Path(__file__).resolve().parent
OPENTYPE = pathlib.Path("/usr/share/texmf/fonts/opentype/public/lm")
FIXED = {"SOURCE_DATE_EPOCH": "0", "FORCE_SOURCE_DATE": "1"}
MOST_PASSES = 5
SETTLED = 0.4  # seconds after which a program that watches has made itself ready for the next save
UNITS = ("item", "job", "degree", "project", "publication", "talk", "award", "course", "activity", "group")


class Contest:
    """One CV in one template. `ways` are functions that go the way once and return the cost."""

    def __init__(self, cvgen, work, node, have, cv, template, words=()):
        self.cvgen, self.work, self.node, self.cv, self.template = cvgen, work, node, cv, template
        self.folder = work / re.sub(r"\W+", "-", f"{cv.parent.name}-{cv.stem}-{template}-{'-'.join(words)}")
        self.folder.mkdir()
        self.words = ["--template", template, *words]
        self.environment = {"XDG_CACHE_HOME": str(work / "cache")}
        self.render = [cvgen, "render", cv, *self.words]
        self.running = {}
        self.text = cv.read_text()
        self.ways = {"pdflatex": self.pdflatex}
        self.passes = self.passes_needed()
        if "latexmk" in have:
            self.ways["latexmk"] = self.latexmk
        if "JSON Resume" in have and len(self.text) < 1_000_000:
            self.ways["JSON Resume, Chromium"] = self.json_resume()
        if "Typst" in have:
            fresh, edit = self.typst()
            self.ways |= {"Typst, fresh process": fresh, "Typst, edit in a running one": edit}
        self.ways |= {"pdflatex, an empty article": self.empty_article, "cvgen, cold": self.cold, "cvgen, warm": self.warm,
                      "cvgen, after an edit": self.after_an_edit(), "cvgen, unchanged": self.unchanged, "cvgen --watch, save to PDF": self.watch()}
        for _ in range(2):
            self.warm()
        self.pages = int(re.search(r"(\d+) pages?", measure.run([*self.render, "--force", "-o", self.folder / "cvgen.pdf"], self.folder, **self.environment)[1])[1])

    # --- TeX by hand

    def passes_needed(self):
        """After so many the PDF stays as it is."""
        measure.run([*self.render, "-o", self.folder / "cv.tex"], self.folder, **self.environment)
        for image in (*self.cv.parent.glob("*.png"), *self.cv.parent.glob("*.jpg")):
            shutil.copy(image, self.folder)
        digests = []
        while len(digests) < 2 or digests[-1] != digests[-2]:
            if len(digests) > MOST_PASSES:
                raise measure.Failed(f"{self.folder}/cv.tex does not come to rest")
            measure.run(["pdflatex", "-interaction=batchmode", "cv.tex"], self.folder, **FIXED)
            digests.append(hashlib.sha256((self.folder / "cv.pdf").read_bytes()).digest())
        return len(digests) - 1

    def clean(self):
        for left in self.folder.glob("cv.*"):
            if left.suffix != ".tex":
                left.unlink()

    def pdflatex(self):
        self.clean()
        return measure.total([measure.run(["pdflatex", "-interaction=batchmode", "cv.tex"], self.folder)[0] for _ in range(self.passes)])

    def latexmk(self):
        self.clean()
        return measure.run(["latexmk", "-pdf", "-interaction=batchmode", "cv.tex"], self.folder)[0]

    def empty_article(self):
        (self.folder / "empty.tex").write_text("\\documentclass{article}\\begin{document}word\\end{document}\n")
        return measure.run(["pdflatex", "-interaction=batchmode", "empty.tex"], self.folder)[0]

    # --- cvgen

    def cold(self):
        cache = self.folder / "cold"
        cost = measure.run([*self.render, "--force", "-o", self.folder / "cvgen.pdf"], self.folder, XDG_CACHE_HOME=str(cache))[0]
        shutil.rmtree(cache)
        return cost

    def warm(self):
        return measure.run([*self.render, "--force", "-o", self.folder / "cvgen.pdf"], self.folder, **self.environment)[0]

    def unchanged(self):
        cost, words = measure.run([*self.render, "-o", self.folder / "cvgen.pdf"], self.folder, **self.environment)
        if "up to date" not in words:  # of what there is to warn cvgen warns every time
            raise measure.Failed(f"not up to date, so nothing to measure: {words}")
        return cost

    def edits(self):
        """The CV with one word more, as it is, with one word more, and so on."""
        at = max(self.text.rfind("</title>"), self.text.rfind("</headline>"), self.text.rfind('"/>\n  </person>'))
        return itertools.cycle([self.text[:at] + " again" + self.text[at:], self.text])

    def copy(self, name):
        """A folder for a CV that may be changed, and with the pictures of this one."""
        folder = self.folder / name
        folder.mkdir()
        for image in (*self.cv.parent.glob("*.png"), *self.cv.parent.glob("*.jpg")):
            shutil.copy(image, folder)
        return folder, folder / "cv.xml"

    def after_an_edit(self):
        folder, cv = self.copy("edited")
        command, edits = [self.cvgen, "render", cv, *self.words, "-o", folder / "cv.pdf"], self.edits()

        def once():
            cv.write_text(next(edits))
            cost, words = measure.run(command, folder, **self.environment)
            if "wrote" not in words:
                raise measure.Failed(f"nothing was written: {words}")
            return cost

        for _ in range(3):
            once()
        return once

    def watch(self):
        folder, cv = self.copy("watched")
        edits = self.edits()

        def once():
            if "watch" not in self.running:
                cv.write_text(self.text)
                self.running["watch"] = measure.Running([self.cvgen, "render", "--watch", cv, "-o", folder / "cv.pdf", *self.words], folder, "stderr", **self.environment)
                self.running["watch"].hear("wrote")
                for _ in range(2):
                    time.sleep(SETTLED)
                    self.running["watch"].edit(lambda: cv.write_text(next(edits)), "wrote")
                time.sleep(SETTLED)
            cost = self.running["watch"].edit(lambda: cv.write_text(next(edits)), "wrote")
            time.sleep(SETTLED)
            return cost

        return once

    # --- others

    def shown(self):
        """The CV with what a page budget keeps."""
        if "--pages" not in self.words and "--variant" not in self.words:
            return tree.fromstring(self.text)
        _, said = measure.run([*self.render, "--dry-run", "--report=json"], self.folder, **self.environment)
        report = json.loads(next(line for line in said.splitlines() if line.startswith("{")))
        return contents.without(self.text, {unit["line"] for unit in report["left_out"]}, UNITS)

    def typst(self):
        fonts = self.folder / "fonts"
        fonts.mkdir()
        for path in OPENTYPE.glob("*.otf"):
            if path.name.startswith(typst.LOOKS[self.template]["files"]):
                (fonts / path.name).symlink_to(path)
        main, root = self.folder / "document.typ", self.shown()
        main.write_text(typst.document(root, self.template))
        command = ["node", HERE / "typst.mjs", self.folder, main, fonts, self.folder / "typst.pdf"]
        name = root.find("person/name")
        edits = []
        for more in ("", " again"):
            name.set("family", name.get("family").removesuffix(" again") + more)
            edits.append(typst.document(root, self.template))

        def edit():
            if "typst" not in self.running:
                self.running["typst"] = measure.Running([*command, "edits"], self.node, "stdout")
                self.running["typst"].hear("ready")
                once()
            return once()

        def once():
            process = self.running["typst"]
            edits.reverse()

            def save():
                main.write_text(edits[0])
                process.process.stdin.write("\n")

            return process.edit(save, "done")

        return lambda: measure.run(command, self.node)[0], edit

    def json_resume(self):
        (self.folder / "resume.json").write_text(json.dumps(contents.json_resume(self.shown())))
        command = [self.node / "node_modules/.bin/resumed", "export", self.folder / "resume.json", "-t", "jsonresume-theme-even", "-o", self.folder / "resume.pdf", "--puppeteer-arg=--no-sandbox"]
        return lambda: measure.run(command, self.node, PUPPETEER_EXECUTABLE_PATH=others.browser())[0]

    def close(self):
        for process in self.running.values():
            process.end()
