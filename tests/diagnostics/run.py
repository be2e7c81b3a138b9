#!/usr/bin/env python3
"""What `cvgen validate` says about bad files, byte for byte.

NAME.xml is a file with a fault; NAME.txt beside it holds `exit N` and then all of standard error. NAME.short.txt and
NAME.json.txt hold the same for --diagnostics=short and =json, where they are worth a test. `run.py --bless` writes the
expected texts anew: read every change before you commit it.
"""
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "shared"))

import checks  # noqa: E402

FORMS = {"": "human", ".short": "short", ".json": "json"}
COVERED = re.compile(r"E0[1-4]|E0[56]0[1-3]|E0508|W0[35]")  # what `validate` can report


def run(cvgen, *arguments):
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLUMNS")}
    done = subprocess.run([cvgen, *arguments], cwd=HERE, stdin=subprocess.DEVNULL, capture_output=True, env=environment, timeout=60)
    return done.returncode, done.stdout, done.stderr


def style_faults(name, text):
    """Every error helps, and messages are lower case and end without a full stop."""
    faults = []
    blocks = re.split(r"(?m)^(?=(?:error|warning)\[)", text)
    for block in blocks[1:]:
        head = block.split("\n", 1)[0]
        message = head.split("]: ", 1)[1]
        if not re.match(r"[a-z0-9`]|(DOCTYPE|LaTeX|TeX)\b", message) or message.endswith("."):
            faults.append(f"{name}: style of the message: {head}")
        if "= help: " not in block:
            faults.append(f"{name}: no help: {head}")
        for label in re.findall(r"(?m)^ +\| +(?:\^+|-+) (.*)", block):
            if label.endswith(".") or not re.match(r"[a-z0-9`]|TeX ", label):
                faults.append(f"{name}: style of the label: {label}")
        for help_text in re.findall(r"(?m)^ += help: (.*)", block):
            if help_text.endswith(".") or re.match(r"[A-Z][a-z]", help_text):
                faults.append(f"{name}: style of the help: {help_text}")
    return faults


def main():
    options = checks.arguments(__doc__, (("--bless",), {"action": "store_true", "help": "write the expected texts"}))
    cvgen, suite = options.cvgen, checks.Checks()
    seen = set()
    for source in sorted(HERE.glob("*.xml")):
        for ending, form in FORMS.items():
            expected_file = HERE / f"{source.stem}{ending}.txt"
            if ending and not expected_file.exists():
                continue
            code, out, err = run(cvgen, "validate", f"--diagnostics={form}", source.name)
            actual = f"exit {code}\n".encode() + err
            faults = [] if not out else [f"{expected_file.name}: unexpected standard output"]
            if options.bless:
                expected_file.write_bytes(actual)
            if not expected_file.exists():
                faults.append(f"{expected_file.name}: missing; --bless writes it")
            else:
                faults += filter(None, [checks.differences(expected_file.name, expected_file.read_text("utf-8", "surrogateescape"), actual.decode("utf-8", "surrogateescape"))])
            text = actual.decode("utf-8", "replace")
            if form == "human":
                faults += style_faults(expected_file.name, text)
                seen |= set(re.findall(r"(?m)^(?:error|warning)\[(\w+)\]", text))
            suite.check(expected_file.name, faults)

    sources = {source.stem for source in HERE.glob("*.xml")}
    orphans = [path.name for path in sorted(HERE.glob("*.txt")) if re.sub(r"\.(short|json)$", "", path.stem) not in sources]
    suite.check("every text belongs to a file", orphans)

    _, listed, _ = run(cvgen, "list", "codes")
    for code in re.findall(r"(?m)^\w\d{4}", listed.decode()):
        if COVERED.match(code):
            suite.holds(code, code in seen, "no file here shows it")
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
