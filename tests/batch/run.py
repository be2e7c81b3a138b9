#!/usr/bin/env python3
"""Many CVs in one run, and runs driven by build tools: docs/batches.md as it stands, with the real Make and Ninja."""
import json
import os
import pathlib
import pty
import re
import select
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402
import make as maker  # noqa: E402
from world import World, cv, wait_until  # noqa: E402


def hundreds(world):
    """Bad ones among many; the same words whatever the order in which they are done."""
    names = [f"in/c{i:03}.xml" for i in range(300)]
    bad = {7: cv("x", extra="<experiance/>"), 150: cv("x") + "<", 299: cv("x", extra='<awards><award date="x"><title>T</title></award></awards>')}
    for i, name in enumerate(names):
        world.save(name, bad.get(i, cv(f"N{i}")))
    one, four = (world.run("cvgen", "render", "--files-from", "-", "-o", f"out{jobs}", "-j", jobs, "--diagnostics=short", input="\n".join(names)) for jobs in ("1", "4"))
    tame = lambda text: re.sub(r"out\d in [\d.]+ (s|min \d+ s)", "out in N s", text)
    yield "the worst exit code", one.returncode == four.returncode == 1
    yield "words in the order of the inputs", tame(one.stderr) == tame(four.stderr), tame(one.stderr) + tame(four.stderr)
    yield "a summary", tame(four.stderr).splitlines()[-1] == "rendered 297 of 300 CVs to out in N s, 3 with errors: in/c007.xml, in/c150.xml, in/c299.xml", four.stderr
    yield "all others are there", len(list((world.work / "out4").glob("*.pdf"))) == 297
    yield "each bad one is told", re.findall(r"in/c(\d+).xml:.*error.(E\d+)", four.stderr) == [("007", "E0201"), ("150", "E0104"), ("150", "E0111"), ("299", "E0207")], four.stderr


def named(world):
    """What is wrong with no place of a CV says which CV it is about, in every form."""
    for name in ("good", "bad"):
        world.save(f"{name}.xml", cv(name))
    told = lambda form: world.run("cvgen", "render", "good.xml", "bad.xml", "gone.xml", "-o", "out", f"--diagnostics={form}").stderr
    short = told("short")
    yield "short", re.findall(r"^(\S+): error.(E\d+)", short, re.M) == [("bad.xml", "E0705"), ("gone.xml", "E0801")], short
    human = told("human")
    yield "for people", re.findall(r"error.(E\d+).*\n  --> (.*)\n", human) == [("E0705", "bad.xml"), ("E0801", "gone.xml")], human
    lines = [json.loads(line) for line in told("json").splitlines() if line.startswith("{")]
    yield "JSON", [(line["code"], line["file"]) for line in lines] == [("E0705", "bad.xml"), ("E0801", "gone.xml")], str(lines)
    results = json.loads(told("sarif"))["runs"][0]["results"]
    yield "SARIF", [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in results] == ["bad.xml", "gone.xml"], str(results)
    alone = world.run("cvgen", "render", "bad.xml", "--diagnostics=short").stderr
    yield "not if there is one CV only", alone.startswith("error[E0705]"), alone


def memory(world):
    """Peak memory of 400 CVs is that of 40."""
    body = "<summary>" + "<p>" + "word " * 4000 + "</p>" + "</summary>"
    for i in range(400):
        world.save(f"in/c{i:03}.xml", cv(f"N{i}", extra=body))

    def peak(count):
        child = world.popen("cvgen", "render", "-q", "-j", "2", "-o", "out", *(f"in/c{i:03}.xml" for i in range(count)))
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        return child.returncode, usage.ru_maxrss

    few, many = peak(40), peak(400)
    yield "they are rendered", few[0] == many[0] == 0
    yield "memory stays", many[1] < few[1] + 8 * 1024, f"{few[1]} KiB for 40, {many[1]} KiB for 400"


def terminal(world):
    """A progress line that goes away."""
    names = [f"in/c{i}.xml" for i in range(12)]
    for i, name in enumerate(names):
        world.save(name, cv(f"N{i}") if i != 5 else cv("x") + "<")
    pid, screen = pty.fork()
    if pid == 0:
        os.chdir(world.work)
        os.execvpe("cvgen", ["cvgen", "render", "-j", "2", "-o", "out", "--diagnostics=short", *names], world.environment)
    said = b""
    while select.select([screen], [], [], 60)[0]:
        try:
            said += os.read(screen, 4096)
        except OSError:
            break
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    text = said.decode()
    yield "a line with count, errors and time", re.search(r"\r\x1b\[K\d+ of 12 CVs, 1 with errors, \d+ s left", text) and code == 1, text
    # What stays on the screen: every line from its last erasing on.
    seen = [re.sub(r":.*|in [\d.]+ s.*", "", line.rstrip("\r").split("\x1b[K")[-1]) for line in text.rstrip().split("\n")]
    yield "nothing else stays on the screen", seen == ["in/c5.xml", "in/c5.xml", "2 errors", "rendered 11 of 12 CVs to out "], repr(seen)


def interrupted(world):
    """Control-C stops all children."""
    for i in range(20):
        world.save(f"in/c{i:02}.xml", cv(f"N{i}"))
    child = world.popen("cvgen", "render", "-j", "4", "-o", "out", *(f"in/c{i:02}.xml" for i in range(20)), stderr=subprocess.PIPE, text=True)
    begun = wait_until(lambda: world.pids.exists() and len(world.pids.read_text().split()) >= 4)
    child.send_signal(signal.SIGINT)
    words = child.communicate(timeout=60)[1]
    yield "four were at work", begun
    yield "it ends with 130", child.returncode == 130
    yield "it says how far it came", re.fullmatch(r"rendered 0 of 20 CVs to out in [\d.]+ s\n", words), words
    yield "no child is left", world.running() == []
    yield "no file is left", world.left() == [] and list((world.work / "out").iterdir()) == [], str(world.left())


def alone_or_not(world):
    """The same bytes as when each is rendered by itself, with all variants at the same time."""
    names = ["inline-marks", "german", "variants"]
    paths = [str(ROOT / "examples" / f"{name}.xml") for name in names]
    together = world.run("cvgen", "render", *paths, "--all-variants", "-o", "together", "-j", "3")
    yield "rendered", together.returncode == 0, together.stderr
    for path in paths:
        world.run("cvgen", "render", path, "--all-variants", "-o", "alone", "-j", "1")
    made = lambda name: {p.name: p.read_bytes() for p in (world.work / name).iterdir()}
    yield "the same bytes", made("together") == made("alone") and len(made("alone")) == 6


def example(language):
    text = (ROOT / "docs/batches.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)[-1]


def staff(world):
    world.save("staff/ada.xml", cv("Ada", inside='<photo src="ada.png"/>'))
    world.save("staff/ada.png", maker.png(1, 1))
    world.save("staff/bob.xml", cv("Bob"))


def built_by(world, *tool):
    """What a build tool makes at first, again, after edits, after a fault, and when a file is no longer needed."""
    def made():
        time.sleep(0.05)  # longer than a tick of the file system's clock
        return set(re.findall(r"-o '?out/([\w ]+)\.pdf", world.run(*tool).stdout))

    yield "all is made", made() == {"ada", "bob"}
    yield "nothing is made again", made() == set()
    world.save("staff/ada.png", maker.png(2, 1))
    yield "a photo that changed", made() == {"ada"} and made() == set()
    world.save("staff/bob.xml", cv("Bobby"))
    yield "a CV that changed", made() == {"bob"} and made() == set()
    world.save("staff/ada.png", b"no picture")
    yield "a photo that is none fails", made() == {"ada"} and world.run(*tool).returncode != 0
    world.save("staff/ada.png", maker.png(1, 1))
    yield "and is made when it is mended", made() == {"ada"} and made() == set()
    (world.work / "staff/ada.png").unlink()
    world.save("staff/ada.xml", cv("Ada"))
    yield "without the photo", made() == {"ada"} and made() == set()


def ninja(world):
    staff(world)
    world.save("build.ninja", example("ninja"))
    yield from built_by(world, "ninja", "-v")


def make(world):
    staff(world)
    world.save("Makefile", example("make"))
    yield from built_by(world, "make")


def odd_names(world):
    """Signs that need care: the tool finds its files again."""
    for name in ["two words", "a#b", "c$d", "e:f", "g%h", "i\\ j", "k\\l", "m[n]", "é{}~@+,!"]:
        world.save(f"{name}.xml", cv("N", inside='<photo src="photo of 1#.png"/>'))
        world.save("photo of 1#.png", maker.png(1, 1))
        done = world.run("cvgen", "render", f"{name}.xml", "-o", "out.pdf", "--depfile", "out.d")
        yield f"{name}: no warning", done.returncode == 0 and "W0801" not in done.stderr, done.stderr
        world.save("Makefile", "out.pdf:\n\t@echo again\ninclude out.d\n")
        world.save("build.ninja", "rule r\n  command = cp out.d n.d && touch out.pdf\n  depfile = n.d\n  deps = gcc\nbuild out.pdf: r\n")
        for tool, again in (("make", "again"), ("ninja", "[1/1]")):
            world.run(tool)
            before = world.run(tool).stdout
            time.sleep(0.05)
            os.utime(world.work / f"{name}.xml")
            yield f"{name}: {tool}", again not in before and again in world.run(tool).stdout, before + (world.work / "out.d").read_text()
            world.run("touch", "out.pdf")
        for log in (".ninja_log", ".ninja_deps"):
            (world.work / log).unlink()


def slurm(world):
    """The tasks of the array make each CV once."""
    for i in range(20):
        world.save(f"staff/c{i}.xml", cv(f"N{i}"))
    script, counts = example("sh"), []
    for task in range(8):
        said = world.run("sh", "-c", script, env={"SLURM_ARRAY_TASK_ID": str(task), "SLURM_CPUS_PER_TASK": "2"})
        counts.append(int(re.search(r"rendered (\d+) CVs", said.stderr)[1]))
    yield "each once", sum(counts) == 20 and len(list((world.work / "out").glob("*.pdf"))) == 20, str(counts)


# What to show, and what stands in for pdflatex: a shell command that it runs, or None for the real one.
CASES = [(hundreds, ":"), (named, "case $name in bad) exit 1 ;; esac"), (memory, ":"), (terminal, "sleep 0.3"), (interrupted, "exec sleep 60"), (alone_or_not, None),
         (ninja, ":"), (make, ":"), (odd_names, ":"), (slurm, ":")]


def main():
    options = checks.arguments(__doc__, (("cases",), {"nargs": "*", "help": "names of cases; all if none is given"}))
    suite = checks.Checks()
    for case, fake in CASES:
        if options.cases and case.__name__ not in options.cases:
            continue
        with tempfile.TemporaryDirectory(prefix="cvgen-batch-") as folder:
            world = World(pathlib.Path(folder).resolve(), options.cvgen, fake)
            suite.results(case.__name__, case(world))
            suite.check(f"{case.__name__}: nothing is left behind", [name for name in world.left() if "failed" not in name])
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
