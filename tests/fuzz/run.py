#!/usr/bin/env python3
"""Replays through every fuzz target the inputs kept in tests/fuzz/corpus/TARGET, those that once made a fault, and for the
target `cv` all examples and the bad files of tests/diagnostics."""
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402


def inputs(target):
    found = sorted((HERE / "corpus" / target).glob("*"))
    if target == "cv":
        found += sorted(ROOT.glob("examples/*.xml")) + sorted(ROOT.glob("cv-data/*/cv.xml")) + sorted((ROOT / "tests/diagnostics").glob("*.xml"))
    if target == "template":
        found += sorted(ROOT.glob("latex-templates/*/template.xml"))
    return found


def main():
    options = checks.arguments(__doc__, (("--replay",), {"required": True}))
    suite = checks.Checks()
    for target in subprocess.run([options.replay], capture_output=True, text=True, check=True).stdout.split():
        files = inputs(target)
        done = subprocess.run([options.replay, target, *map(str, files)], capture_output=True, text=True, errors="replace", timeout=300)
        last = (done.stdout.split("\n")[-2:-1] or ["?"])[0]
        suite.check(target, ([] if files else ["no inputs in tests/fuzz/corpus"]) + ([] if done.returncode == 0 else [f"{last}: {done.stderr.strip()} (exit {done.returncode})"]))
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
