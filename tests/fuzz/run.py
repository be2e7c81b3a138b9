#!/usr/bin/env python3
"""Replays through every fuzz target the inputs kept in tests/fuzz/corpus/TARGET, those that once made a fault, and for the
target `cv` all examples and the bad files of tests/diagnostics."""
import argparse
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def inputs(target):
    found = sorted((HERE / "corpus" / target).glob("*"))
    if target == "cv":
        found += sorted(ROOT.glob("examples/*.xml")) + sorted(ROOT.glob("cv-data/*/cv.xml")) + sorted((ROOT / "tests/diagnostics").glob("*.xml"))
    if target == "template":
        found += sorted(ROOT.glob("latex-templates/*/template.xml"))
    return found


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cvgen")
    options.add_argument("--replay", required=True)
    options = options.parse_args()
    passed, failures = 0, []
    for target in subprocess.run([options.replay], capture_output=True, text=True, check=True).stdout.split():
        files = inputs(target)
        if not files:
            failures.append(f"{target}: tests/fuzz/corpus/{target} has no inputs")
            continue
        done = subprocess.run([options.replay, target, *map(str, files)], capture_output=True, text=True, errors="replace", timeout=300)
        if done.returncode == 0:
            passed += len(files)
        else:
            failures.append(f"{target}: {(done.stdout.split(chr(10))[-2:-1] or ['?'])[0]}: {done.stderr.strip()} (exit {done.returncode})")
    for failure in failures:
        print(failure)
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
