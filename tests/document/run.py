#!/usr/bin/env python3
"""The document as a whole, from the real pdflatex: pictures of its pages."""

import argparse
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import traceback
import zlib

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/e2e"))

import pdf  # noqa: E402


class Suite:
    def __init__(self, cvgen, work):
        self.cvgen = cvgen
        self.work = work
        self.passed = 0
        self.failures = []

    def check(self, name, problems):
        problems = [problems] if isinstance(problems, str) and problems else list(problems or [])
        if problems:
            self.failures.append((name, problems))
        else:
            self.passed += 1
        return not problems

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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cvgen", required=True)
    parser.add_argument("--only", default="", help="the name of one test")
    arguments = parser.parse_args()
    suite = Suite(os.path.abspath(arguments.cvgen), None)
    for test in (pictures,):
        if arguments.only not in test.__name__:
            continue
        with tempfile.TemporaryDirectory() as folder:
            suite.work = pathlib.Path(folder)
            try:
                test(suite)
            except Exception:  # a test that breaks is a failure
                suite.check(f"{test.__name__} itself", traceback.format_exc())
    for name, problems in suite.failures:
        print(f"FAILED {name}")
        for problem in problems[:12]:
            print("    " + problem.strip().replace("\n", "\n    "))
    print(f"{suite.passed} passed, {len(suite.failures)} failed")
    return 1 if suite.failures else 0


if __name__ == "__main__":
    sys.exit(main())
