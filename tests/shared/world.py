"""A folder with CVs for one run of cvgen, and the real file system; maybe with a pdflatex that only pretends."""

import os
import pathlib
import subprocess
import time

DEADLINE = 60
# Takes the name in the document for its PDF.
FAKE = """#!/bin/sh
echo $$ >> "$HOME/pids"
name=$(sed -n 's/.*\\\\name{{\\(.*\\)}}{{\\(.*\\)}}.*/\\2/p' cv.tex | tail -n 1)
{body}
echo "%PDF-$name" > cv.pdf
echo 'Output written on cv.pdf (2 pages, 10 bytes).' > cv.log
"""


def cv(name, extra="", inside=""):
    return f'<cv version="1"><person><name given="A" family="{name}"/>{inside}</person>{extra}</cv>\n'


def wait_until(condition, seconds=DEADLINE):
    """-> whether it came true before the deadline."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


class World:
    """A place for CVs, one for temporary files that must be empty in the end, and a home. With `fake`, shell commands that
    know $name, pdflatex is a script that runs them and writes a PDF of the name; every run is then that of a document."""

    def __init__(self, folder, cvgen, fake=None):
        self.cvgen, self.work, self.tmp, programs = cvgen, folder / "work", folder / "tmp", folder / "bin"
        for inner in (self.work, self.tmp, programs):
            inner.mkdir()
        (programs / "cvgen").symlink_to(cvgen)
        self.environment = dict(os.environ, PATH=f"{programs}:{os.environ['PATH']}", HOME=str(folder), TMPDIR=str(self.tmp), LC_ALL="C", TERM="xterm")
        if fake is not None:
            self.environment["XDG_CACHE_HOME"] = "/dev/null"  # no formats are dumped
            self.environment["CVGEN_SANDBOX"] = "off"  # it keeps its books in the home
            (programs / "pdflatex").write_text(FAKE.format(body=fake))
            (programs / "pdflatex").chmod(0o755)
        self.pids = folder / "pids"

    def save(self, name, content):
        """In place, as nano and many others do."""
        path = self.work / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def run(self, *command, **more):
        return subprocess.run(command, cwd=self.work, env=dict(self.environment, **more.pop("env", {})), capture_output=True, text=True, timeout=300, **more)

    def popen(self, *command, **more):
        return subprocess.Popen(command, cwd=self.work, env=self.environment, **more)

    def pdf(self, name="cv.pdf"):
        """The name that is in a PDF of the pdflatex that pretends."""
        try:
            return (self.work / name).read_text().strip().removeprefix("%PDF-")
        except FileNotFoundError:
            return None

    def runs(self):
        return self.pids.read_text().split() if self.pids.exists() else []

    def running(self):
        return [pid for pid in self.runs() if pathlib.Path(f"/proc/{pid}").exists()]

    def left(self):
        return sorted(p.name for p in self.tmp.iterdir())
