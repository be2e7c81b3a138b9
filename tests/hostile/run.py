#!/usr/bin/env python3
"""Hostile text and hostile files: every string in every field is printed as it is or refused where it stands; nothing that a
CV, a template or a command line says runs, reads or writes anything else."""

import argparse
import collections
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import traceback

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

import assault
import fields
import naughty


class Suite:
    def __init__(self, program, work):
        self.program = program
        self.work = work
        self.pieces = fields.of_example()
        self.lock = threading.Lock()
        self.passed = 0
        self.failures = []
        self.tally = collections.Counter()

    def check(self, name, problems):
        """One check; problems is what is wrong, empty if nothing is."""
        problems = [problems] if isinstance(problems, str) and problems else list(problems or [])
        with self.lock:
            if problems:
                self.failures.append((name, problems))
            else:
                self.passed += 1
        return not problems

    def count(self, what, field, string):
        with self.lock:
            self.tally[what] += 1

    def folder(self, name):
        folder = self.work / name
        folder.mkdir(exist_ok=True)
        return folder

    def cvgen(self, *words, folder=None, environment=None, data=b""):
        done = subprocess.run([self.program, *words], cwd=folder or self.work, env={**os.environ, **(environment or {})}, input=data, capture_output=True, timeout=60)
        done.raw, done.stderr, done.stdout = done.stderr, done.stderr.decode("utf-8", "replace"), done.stdout.decode("utf-8", "replace")
        return done


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--cvgen", required=True)
    parser.add_argument("--keep", help="a folder to leave all files in")
    parser.add_argument("--all", action="store_true", help="every string and every attack in every field")
    parser.add_argument("--seed", type=int, default=1, help="which documents the sample has")
    parser.add_argument("--only", default="", help="a regular expression for the names of checks to show")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(arguments.keep or temporary).resolve()
        work.mkdir(parents=True, exist_ok=True)
        suite = Suite(os.path.abspath(arguments.cvgen), work)
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            for job in [pool.submit(task) for task in [*assault.tasks(suite, arguments.all), *naughty.tasks(suite, arguments.all, arguments.seed)]]:
                try:
                    job.result()
                except Exception:  # a test that breaks is a failure
                    suite.check("the test itself", traceback.format_exc())
    for name, problems in sorted(suite.failures):
        if re.search(arguments.only, name):
            print(f"FAILED {name}")
            print("".join("    " + problem.strip().replace("\n", "\n    ") + "\n" for problem in problems[:20]), end="")
    print(", ".join(f"{count} {what}" for what, count in sorted(suite.tally.items())))
    print(f"{suite.passed} passed, {len(suite.failures)} failed")
    return 1 if suite.failures else 0


if __name__ == "__main__":
    sys.exit(main())
