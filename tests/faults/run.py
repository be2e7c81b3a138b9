#!/usr/bin/env python3
"""Every system call of a run fails in its turn: then there is the right output, or a clear word, the right exit code and the old
output as it was; in any case nothing is left behind, and the next run is right. Nothing here depends on time."""

import collections
import concurrent.futures
import os
import pathlib
import queue
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(1, str(pathlib.Path(__file__).resolve().parents[1] / "shared"))

import checks
import pdf
import places
import surroundings

# What fails how. Others than these either can't fail or have no consequence.
ERRORS = {
    "openat": "EACCES EMFILE EIO ENOMEM EINTR", "read": "EIO EINTR", "write": "ENOSPC EIO EINTR", "rename": "ENOSPC EACCES EIO", "mkdir": "ENOSPC EACCES",
    "unlink": "EACCES", "unlinkat": "EACCES EIO", "rmdir": "EACCES", "symlink": "ENOSPC", "newfstatat": "EACCES EIO ENOMEM", "fstat": "EIO", "lseek": "EIO", "getdents64": "EIO", "readlink": "EIO EACCES",
    "access": "EACCES", "fchmod": "EPERM", "fchown": "EPERM", "utimensat": "EACCES", "flock": "EWOULDBLOCK EINTR", "getcwd": "ENOENT", "chdir": "EACCES", "mmap": "ENOMEM", "munmap": "ENOMEM",
    "clone": "EAGAIN ENOMEM", "clone3": "EAGAIN ENOMEM", "pipe": "EMFILE", "pipe2": "EMFILE ENFILE", "fcntl": "EMFILE EINTR", "dup2": "EMFILE EINTR", "ioctl": "ENOTTY", "poll": "EINTR ENOMEM", "wait4": "EINTR ECHILD",
    "waitid": "EINTR ECHILD", "kill": "ESRCH", "setpgid": "EACCES", "prctl": "EINVAL", "prlimit64": "EPERM", "rt_sigaction": "EINVAL", "rt_sigprocmask": "EINVAL", "futex": "EINTR",
    "landlock_create_ruleset": "ENOMEM EOPNOTSUPP", "landlock_add_rule": "ENOMEM", "landlock_restrict_self": "E2BIG", "seccomp": "ENOMEM",
}
# Of TeX itself, which tells of them in its own way.
OF_TEX = {call: ERRORS[call] for call in ("openat", "read", "write", "newfstatat", "lseek", "mmap", "unlink")}
# If these fail, what is to be removed can't be.
CLEANING = {"unlink", "unlinkat", "rmdir", "openat", "getdents64", "fchmod", "newfstatat", "fcntl", "mmap"}


def traced(*options):
    # Programs that cvgen starts are let go.
    return ["strace", "-f", "-qq", "-b", "execve", *options]


def calls_of(place, command):
    """How often each call is made by one process, and how often before main begins, which is the affair of the dynamic linker."""
    place.prepare(command)
    log = place.folder / "calls"
    place.run(*place.words(command), before=traced("-o", str(log)))
    first, total, started = collections.Counter(), collections.Counter(), False
    counts = collections.defaultdict(collections.Counter)
    main = None
    for line in log.read_text(errors="replace").splitlines():
        pid, _, rest = line.partition(" ")
        main = main or pid
        found = re.match(r"\s*([a-z0-9_]+)\(", rest)
        if not found:
            continue
        if pid == main and found[1] == "rt_sigaction" and "SIGINT" in rest:
            started = True
        counts[pid][found[1]] += 1
        if not started:
            first[found[1]] += 1
    for counter in counts.values():
        total |= counter
    return first, total


def failing(place, command, call, error, turn):
    place.prepare(command)
    done = place.run(*place.words(command), before=traced("-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={turn}"))
    problems = place.verdict(command, done, silent=call == "write", cleaning=call in CLEANING)
    place.sweep()
    return problems or (command not in ("tex", "validate") and place.is_well())


def failing_tex(place, call, error, turn):
    """The same within pdflatex; its wrapper needs what the sandbox forbids."""
    place.prepare("warm")
    programs = place.folder / "bin"
    programs.mkdir(exist_ok=True)
    script = programs / "pdflatex"
    script.write_text(f'#!/bin/sh\nexec strace -qq -o /dev/null -e trace={call} -e inject={call}:error={error}:when={turn} {shutil.which("pdflatex")} "$@"\n')
    script.chmod(0o755)
    environment = {"PATH": f"{programs}:{os.environ['PATH']}", "CVGEN_SANDBOX": "off", "CVGEN_CACHE_SIZE": "0"}
    done = place.run(*place.words("warm"), environment=environment)
    expected = place.folder / "expected.pdf"
    expected.write_bytes(place.bytes["warm"])
    problems = place.verdict("warm", done, text=lambda path: pdf.tool("pdftotext", path, "-") == pdf.tool("pdftotext", expected, "-"))
    place.sweep()
    return problems or place.is_well()


def plan(place, everything):
    """All that can fail; else a part of it, the same every time."""
    result = []
    for command in places.COMMANDS:
        first, total = calls_of(place, command)
        result += [(command, call, error, turn) for call, errors in ERRORS.items() for error in errors.split() for turn in range(first[call] + 1, total[call] + 1)]
    place.prepare("warm")
    place.is_well()  # warm again
    of_tex = [("pdflatex", call, error, turn) for call, errors in OF_TEX.items() for error in errors.split() for turn in (*range(1, 40), *range(40, 400, 13))]
    if everything:
        return result + of_tex
    chance = random.Random(1)
    chosen = []
    for command, count in (("tex", 40), ("warm", 50), ("cold", 3), ("up to date", 15), ("validate", 10)):
        chosen += chance.sample([one for one in result if one[0] == command], count)
    return chosen + chance.sample(of_tex, 8)


def main():
    options = checks.arguments(__doc__, (("--all",), {"action": "store_true", "help": "every call of every run, which takes an hour"}), (("--only",), {"default": "", "help": "a regular expression for the names of checks"}))
    suite = checks.Checks()
    tally = collections.Counter()
    with tempfile.TemporaryDirectory(prefix="cvgen-faults-") as temporary:
        base = pathlib.Path(temporary).resolve()
        free = queue.SimpleQueue()
        first = places.Place(base / "place-0", options.cvgen)
        free.put(first)
        traceable = shutil.which("strace") and subprocess.run(["strace", "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode == 0
        if not traceable:
            print("NOT TESTED: system calls can't be made to fail here (strace)")
        faults = plan(first, options.all) if traceable else []
        for i in range(1, os.cpu_count() or 1):
            free.put(places.Place(base / f"place-{i}", options.cvgen))

        def play(fault):
            name = "{}: {} fails with {}, turn {}".format(*fault)
            if not re.search(options.only, name):
                return
            place = free.get()
            try:
                test = (lambda: failing_tex(place, *fault[1:])) if fault[0] == "pdflatex" else (lambda: failing(place, *fault))
                found = []
                trouble = checks.broken(lambda: found.append(test()))
                suite.check(name, trouble or found[0])
                tally["system calls failed"] += 1
            finally:
                free.put(place)

        def in_surroundings(item):
            name, test = item
            if re.search(options.only, name):
                folder = base / f"around-{abs(hash(name))}"
                suite.check(name, checks.broken(test, places.Place(folder, options.cvgen)))

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            list(pool.map(play, faults))
            list(pool.map(in_surroundings, surroundings.TESTS.items()))
    print(", ".join(f"{count} {what}" for what, count in tally.items()))
    return suite.end(most=30)


if __name__ == "__main__":
    sys.exit(main())
