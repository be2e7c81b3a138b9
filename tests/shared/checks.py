"""What every suite does: it counts checks, and tells in the end which did not hold."""

import argparse
import difflib
import os
import re
import threading
import traceback


def arguments(description, *more):
    """The options of a suite: --cvgen, made absolute, and those of `more`, as (words, settings) of add_argument.

    A suite that knows --all gets it by CVGEN_TEST_ALL too, which `scripts/test --all` sets."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cvgen", required=True, type=os.path.abspath)
    for words, settings in more:
        parser.add_argument(*words, **settings)
    options = parser.parse_args()
    if "all" in options and os.environ.get("CVGEN_TEST_ALL"):
        options.all = True
    return options


class Checks:
    """Counts checks, of any number of threads at once."""

    def __init__(self):
        self.lock = threading.Lock()
        self.passed = 0
        self.failures = []

    def check(self, name, problems):
        """One check; problems is what is wrong, a text or several, empty if nothing is. -> whether nothing is."""
        problems = [problems] if isinstance(problems, str) and problems else list(problems or [])
        with self.lock:
            if problems:
                self.failures.append((name, problems))
            else:
                self.passed += 1
        return not problems

    def holds(self, name, good, *details):
        return self.check(name, [] if good else "\n".join(details).strip() or "it is not so")

    def results(self, name, results):
        """Checks of the form (what, whether it holds, details ...)."""
        for what, good, *details in results:
            self.holds(f"{name}: {what}", good, *details)

    def end(self, only="", most=12):
        """Tells the failures whose names match `only`, with so many problems of each. -> the exit code of the suite."""
        for name, problems in sorted(self.failures):
            if not re.search(only, name):
                continue
            lines = [problem.strip().replace("\n", "\n    ") for problem in map(str, problems[:most])]
            lines += [f"and {len(problems) - most} more"] if len(problems) > most else []
            text = "\n    ".join([f"FAILED {name}", *lines])
            print(text.encode("utf-8", "backslashreplace").decode("utf-8"))
        print(f"{self.passed} passed, {len(self.failures)} failed")
        return 1 if self.failures else 0


def broken(test, *words):
    """Runs a test. -> where it broke off, empty if it did not."""
    try:
        test(*words)
        return ""
    except Exception:
        return traceback.format_exc()


def differences(name, expected, actual, context=3):
    """What differs between two texts, as a unified diff; empty if nothing does."""
    return "".join(difflib.unified_diff(expected.splitlines(True), actual.splitlines(True), name, "now", n=context))
