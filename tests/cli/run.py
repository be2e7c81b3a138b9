#!/usr/bin/env python3
"""The command line as users meet it. Each NAME.test is a transcript:

    # a comment
    $ cvgen render cv.xml        a command for sh, run in a fresh folder that all commands of the file share
    > more of it                 further lines of the command
    1> text                      what it says on standard output, then
    2> text                      on standard error (`1\\`, `2\\`: the last line has no line end)
    => 0                         the exit code

Bytes that are no UTF-8 and control characters stand as \\xNN; timings and sizes as N; the temporary folder as @tmp@.
Commands see the variables examples, tests, fakes (folders with a `pdflatex` that only pretends) and bin (a folder with
nothing but cvgen). `run.py --bless` writes what is said now into the files: read every change before you commit it.
"""
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402


def split(text):
    """-> comments and commands, in order: strings are comment lines, lists are the lines of a command."""
    parts = []
    for line in text.splitlines():
        if line.startswith("$ "):
            parts.append([line[2:]])
        elif line.startswith("> "):
            parts[-1].append(line[2:])
        elif line.startswith("#") or not line:
            parts.append(line)
    return parts


def tame(data, folder):
    text = data.decode("utf-8", "backslashreplace").replace(str(folder / "tmp"), "@tmp@").replace(str(folder), "@folder@")
    text = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", lambda c: f"\\x{ord(c[0]):02x}", text)
    text = re.sub(r"\b[0-9]+\.[0-9]{2} s\b", "N s", text)
    text = re.sub(r"\b[0-9]+ (KiB|bytes)\b(?! was| limit)", r"N \1", text)
    return re.sub(r"cvgen-failed-\w+", "cvgen-failed-X", text)


def quoted(stream, text):
    if not text:
        return []
    lines = text.split("\n")
    last = lines.pop()
    result = [f"{stream}> {line}".rstrip(" ") if not line else f"{stream}> {line}" for line in lines]
    return result + ([f"{stream}\\ {last}"] if last else [])


def play(case, cvgen):
    parts = split(case.read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="cvgen-cli-") as name:
        folder = pathlib.Path(name).resolve()
        for inner in ("work", "tmp", "bin"):
            (folder / inner).mkdir()
        (folder / "bin" / "cvgen").symlink_to(cvgen)
        environment = {"PATH": f"{folder}/bin:/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder / "tmp"), "LC_ALL": "C",
                       "examples": str(ROOT / "examples"), "tests": str(HERE), "fakes": str(HERE / "fakes"), "bin": str(folder / "bin"),
                       "schema": str(ROOT / "schema" / "cv.xsd")}
        lines = []
        for part in parts:
            if isinstance(part, str):
                lines.append(part)
                continue
            done = subprocess.run(["/bin/sh", "-c", "\n".join(part)], cwd=folder / "work", env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
            lines += [("> " if i else "$ ") + line for i, line in enumerate(part)]
            lines += quoted(1, tame(done.stdout, folder)) + quoted(2, tame(done.stderr, folder)) + [f"=> {done.returncode}"]
        left = sorted(p.name for p in (folder / "tmp").iterdir() if not p.name.startswith("cvgen-failed-"))
    faults = [f"left behind in TMPDIR: {' '.join(left)}"] if left else []
    return "\n".join(lines) + "\n", faults


def main():
    options = checks.arguments(__doc__, (("--bless",), {"action": "store_true", "help": "write what is said now into the files"}),
                               (("cases",), {"nargs": "*", "help": "names of cases; all if none is given"}))
    cvgen, suite = options.cvgen, checks.Checks()
    cases = [HERE / f"{name.removesuffix('.test')}.test" for name in options.cases] or sorted(HERE.glob("*.test"))
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for case, (actual, faults) in zip(cases, pool.map(lambda c: play(c, cvgen), cases)):
            if options.bless:
                case.write_text(actual, "utf-8")
            suite.check(case.name, [*faults, *filter(None, [checks.differences(case.name, case.read_text("utf-8"), actual)])])

    if not options.cases:  # every command and option occurs somewhere
        transcripts = "\n".join(case.read_text("utf-8") for case in cases)
        listed = subprocess.run([cvgen, "help"], capture_output=True, text=True).stdout
        for command in re.findall(r"(?m)^  ([\w-]+) ", listed.split("Commands:\n")[1].split("\n\n")[0]):
            text = subprocess.run([cvgen, "help", command], capture_output=True, text=True).stdout
            wanted = [f"cvgen {command}"] + re.findall(r"--[a-z-]+", text.split("\nOptions:\n")[1])
            missing = [word for word in wanted if not re.search(rf"(?m)^[$>] .*{word}\b", transcripts)]
            suite.check(f"cvgen {command}", [f"{word}: no case uses it" for word in missing])
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
