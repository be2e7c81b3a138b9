#!/usr/bin/env python3
"""Hostile text and hostile files: every string in every field is printed as it is or refused where it stands; nothing that a
CV, a template or a command line says runs, reads or writes anything else."""

import collections
import concurrent.futures
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[1] / "shared"))

import assault
import checks
import confinement
import fields
import naughty
import planted


class Suite(checks.Checks):
    def __init__(self, program, work):
        super().__init__()
        self.program = program
        self.work = work
        self.pieces = fields.of_example()
        self.tally = collections.Counter()

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
    arguments = checks.arguments(__doc__, (("--intruder",), {"help": "the program of intruder.cpp; Linux only"}),
                                 (("--keep",), {"help": "a folder to leave all files in"}),
                                 (("--all",), {"action": "store_true", "help": "every string and every attack in every field"}),
                                 (("--seed",), {"type": int, "default": 1, "help": "which documents the sample has"}),
                                 (("--only",), {"default": "", "help": "a regular expression for the names of checks to show"}))
    with tempfile.TemporaryDirectory() as temporary:
        work = pathlib.Path(arguments.keep or temporary).resolve()
        work.mkdir(parents=True, exist_ok=True)
        suite = Suite(arguments.cvgen, work)
        tasks = [*assault.tasks(suite, arguments.all), *confinement.tasks(suite, arguments.all, arguments.intruder), *planted.tasks(suite), *naughty.tasks(suite, arguments.all, arguments.seed)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            list(pool.map(lambda task: suite.check("the test itself", checks.broken(task)), tasks))
    print(", ".join(f"{count} {what}" for what, count in sorted(suite.tally.items())))
    return suite.end(arguments.only, most=20)


if __name__ == "__main__":
    sys.exit(main())
