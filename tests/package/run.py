#!/usr/bin/env python3
"""Installs cvgen, moves the prefix, and does from there what README.md tells a new user to do."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402


def readme_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.split("## A CV in 60 seconds", 1)[1].split("\n## ", 1)[0]
    return re.search(r"```sh\n(.*?)```", section, re.S).group(1)


def readme_error():
    """The error message that README.md shows, and the element that it is about."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```\n  (error\[E0201\].*?)  ```", text, re.S).group(1)
    return "\n".join(line[2:] if line.startswith("  ") else line for line in ("  " + block).splitlines())


def main():
    build = pathlib.Path(checks.arguments(__doc__).cvgen).parent
    suite = checks.Checks()
    with tempfile.TemporaryDirectory(prefix="cvgen-package-") as folder:
        folder = pathlib.Path(folder)
        installed = subprocess.run(["cmake", "--install", build, "--prefix", folder / "first"], capture_output=True, text=True)
        suite.holds("install", installed.returncode == 0, installed.stderr)
        shutil.move(folder / "first", folder / "second")
        program = folder / "second/bin/cvgen"
        environment = dict(os.environ, PATH=f"{program.parent}:{os.environ['PATH']}")
        work = folder / "work"
        work.mkdir()

        schema = subprocess.run([program, "schema"], cwd=work, capture_output=True)
        suite.holds("the schema is in the program", schema.stdout == (ROOT / "schema/cv.xsd").read_bytes())
        suite.holds("the schema is installed as well", (folder / "second/share/cvgen/cv.xsd").read_bytes() == schema.stdout)

        start = subprocess.run(["bash", "-euo", "pipefail", "-c", readme_commands()], cwd=work, env=environment, capture_output=True, text=True)
        suite.holds("README's 60 seconds", start.returncode == 0, start.stdout + start.stderr)
        suite.holds("they make a PDF", (work / "cv.pdf").is_file() and (work / "cv.pdf").read_bytes().startswith(b"%PDF-"))
        suite.holds("they make a LaTeX document", r"\moderncvstyle[nosymbols]{classic}" in (work / "ada.tex").read_text(encoding="utf-8"))

        (work / "xml").mkdir()
        lines = ['<cv version="1">', "  <person>", '    <name family="Lovelace"/>', "  </person>"] + [""] * 8 + ["  <experiance>", "  </experiance>", "</cv>", ""]
        (work / "xml/cv.xml").write_text("\n".join(lines))
        wrong = subprocess.run([program, "validate", "cv.xml"], cwd=work / "xml", capture_output=True, text=True)
        shown = readme_error()
        suite.holds("README's error message is the one printed", shown.strip() in wrong.stderr, f"README:\n{shown}\nprinted:\n{wrong.stderr}")

        pointing = '<cv xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n    xsi:noNamespaceSchemaLocation="cv.xsd" version="1">'
        suite.holds("README shows how to point to the schema", pointing in (ROOT / "README.md").read_text(encoding="utf-8"))
        (work / "cv.xsd").write_bytes(schema.stdout)
        (work / "pointing.xml").write_text(f'{pointing}<person><name family="L"/></person></cv>')
        suite.holds("cvgen takes a CV that points to the schema", subprocess.run([program, "validate", "pointing.xml"], cwd=work).returncode == 0)
        judge = subprocess.run(["xmllint", "--noout", "--schema", "cv.xsd", "pointing.xml"], cwd=work, capture_output=True, text=True)
        suite.holds("xmllint takes it too", judge.returncode == 0, judge.stderr)

    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
