"""A place to run cvgen in, and to judge what it has done there."""

import os
import pathlib
import re
import shutil
import subprocess

import world

ROOT = pathlib.Path(__file__).resolve().parents[2]
YESTERDAY = b"%PDF yesterday\n"
LIMIT = 120
COMMANDS = {
    "tex": (("render", "cv.xml", "-o", "out"), {"--to": "tex"}),
    "warm": (("render", "cv.xml", "-o", "out", "--force"), {"--to": "pdf"}),
    "cold": (("render", "cv.xml", "-o", "out", "--force"), {"--to": "pdf"}),
    "up to date": (("render", "cv.xml", "-o", "done.pdf"), {}),
    "validate": (("validate", "cv.xml"), {}),
}


class Place:
    """A home with a cache that is warm, and folders that are watched for what is left behind."""

    def __init__(self, folder, cvgen):
        self.folder, self.cvgen = folder, cvgen
        self.work, self.tmp, self.home = folder / "work", folder / "tmp", folder / "home"
        for inner in (self.work, self.tmp, self.home):
            inner.mkdir(parents=True)
        shutil.copy(ROOT / "examples/minimal.xml", self.work / "cv.xml")
        self.environment = {**os.environ, "HOME": str(self.home), "TMPDIR": str(self.tmp), "XDG_CACHE_HOME": str(self.home / "cache"), "LC_ALL": "C"}
        for _ in range(3):
            self.run("render", "cv.xml", "-o", "done.pdf", "--force")
        self.bytes = {"warm": (self.work / "done.pdf").read_bytes()}
        self.run("render", "cv.xml", "-o", "done.tex")
        self.bytes["tex"] = (self.work / "done.tex").read_bytes()
        self.bytes["cold"] = self.bytes["warm"]

    def run(self, *words, before=(), after=(), environment=None):
        return subprocess.run([*before, self.cvgen, *words, *after], cwd=self.work, env={**self.environment, **(environment or {})}, stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT)

    def words(self, command):
        words, options = COMMANDS[command]
        return [*words, *(word for pair in options.items() for word in pair)]

    def leavings(self):
        """What is in the folders that nobody asked for."""
        known = {"cv.xml", "done.pdf", "done.tex", "out"}
        return [str(path) for path in [*self.work.iterdir(), *self.tmp.iterdir()] if path.name not in known]

    def processes(self):
        """Those that were started here and still run."""
        mark = f"TMPDIR={self.tmp}".encode()
        found = []
        for path in pathlib.Path("/proc").iterdir():
            try:
                if path.name.isdigit() and mark in (path / "environ").read_bytes().split(b"\0"):
                    found.append((path / "comm").read_text().strip())
            except OSError:
                pass
        return found

    def sweep(self):
        for path in self.leavings():
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)

    def verdict(self, command, done, silent=False, cleaning=False, text=None):
        """What is wrong after a run of the command in which something failed."""
        said, wrong = done.stderr.decode("utf-8", "replace"), []
        if done.returncode not in (0, 3):
            wrong.append(f"exit code {done.returncode}")
        if done.returncode == 3 and not silent and not re.search(r"^error", said, re.MULTILINE):
            wrong.append("no word of why")
        if command in self.bytes:
            out = (self.work / "out").read_bytes() if (self.work / "out").exists() else b""
            right = out == self.bytes[command] or (text is not None and text(self.work / "out"))
            if not (right if done.returncode == 0 else out in (YESTERDAY, self.bytes[command])):
                wrong.append(f"the output has {len(out)} bytes: {out[:80]!r}")
        kept = re.findall(r"are kept in (\S+)", said)
        left = [path for path in self.leavings() if path not in kept and not (cleaning and path.startswith(str(self.tmp)))]
        wrong += [f"left behind: {path}" for path in left]
        # What is killed takes a moment to go.
        world.wait_until(lambda: not self.processes(), 10)
        wrong += [f"still running: {name}" for name in self.processes()]
        return [*wrong, said] if wrong else []

    def is_well(self):
        """The next run is right."""
        (self.work / "out").write_bytes(YESTERDAY)
        done = self.run(*self.words("warm"))
        return [] if done.returncode == 0 and (self.work / "out").read_bytes() == self.bytes["warm"] else f"the next run is not right: {done.stderr.decode()}"

    def prepare(self, command):
        self.sweep()
        (self.work / "out").write_bytes(YESTERDAY)
        if command == "cold":
            shutil.rmtree(self.home / "cache", ignore_errors=True)
