"""Where and how cvgen is run: signals at any moment, limits, full disks, missing folders, several at once; and the same bytes in
all of them."""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import threading
import time

import pdf

ROOT = pathlib.Path(__file__).resolve().parents[2]
GREEK = '<cv version="1" lang="en"><person><name given="Ada" family="Lovelace"/><headline>Ελληνικά</headline></person></cv>'


def signals(place):
    """At moments spread over a run. Each time there is the old PDF, or the new one."""
    start = time.monotonic()
    place.is_well()
    length = time.monotonic() - start
    for command, moments in (("warm", 15), ("tex", 3), ("cold", 6)):
        for i in range(moments):
            place.prepare(command)
            run = subprocess.Popen([place.cvgen, *place.words(command)], cwd=place.work, env=place.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            time.sleep({"warm": 1.1, "tex": 0.1, "cold": 6}[command] * length * i / moments)
            run.send_signal((signal.SIGTERM, signal.SIGINT, signal.SIGHUP)[i % 3])
            out, err = run.communicate(timeout=60)
            done = subprocess.CompletedProcess([], {130: 3, -1: 3, -2: 3, -15: 3}.get(run.returncode, run.returncode), out, err)
            problems = place.verdict(command, done, silent=True)
            assert not problems, (command, i, run.returncode, problems)
    assert not place.is_well()


def busy(place):
    """Nor does it go on reading a file that takes long."""
    (place.work / "big.xml").write_text('<cv version="1"><person><name family="X"/></person><awards>' + '<award date="2020"><title>Prize</title></award>\n' * 400000 + "</awards></cv>")

    def spent(interrupt):
        run = subprocess.Popen([place.cvgen, "validate", "big.xml"], cwd=place.work, env=place.environment, stderr=subprocess.DEVNULL)
        while interrupt and run.poll() is None:
            # It has begun to read.
            if int(next(line for line in pathlib.Path(f"/proc/{run.pid}/io").read_text().splitlines() if line.startswith("rchar")).split()[1]) > 1 << 20:
                run.send_signal(signal.SIGTERM)
                break
        status, usage = os.wait4(run.pid, 0)[1:]
        run.returncode = os.waitstatus_to_exitcode(status)
        return run.returncode, usage.ru_utime

    code, whole = spent(False)
    assert code == 0, code
    code, part = spent(True)
    (place.work / "big.xml").unlink()
    assert code == 130 and part < whole / 2, (code, part, whole)


def limited(kind, values):
    def test(place):
        for value in values:
            place.prepare("warm")
            done = subprocess.run([place.cvgen, *place.words("warm")], cwd=place.work, env=place.environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                                  preexec_fn=lambda: resource.setrlimit(kind, (value, value)))
            # Not even the dynamic linker may have had what it takes.
            problems = [] if done.returncode == 127 and b"shared libraries" in done.stderr else place.verdict("warm", done)
            assert not problems, (value, problems)
            place.sweep()
        assert not place.is_well()

    return test


def mounted(commands, expected, **environment):
    """With other file systems in the place of some folders, which nobody else sees."""

    def test(place):
        place.prepare("warm")
        if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0:
            print("NOT TESTED: nothing can be mounted here (unshare)")
            return
        script = "set -e; " + "; ".join(commands) + '; set +e; "$@"; code=$?; ls -A "$WORK" > "$LIST"; ' + 'cp "$WORK/out" "$COPY" 2> /dev/null; exit $code'
        listing, copy = place.folder / "listing", place.folder / "copy"
        more = {"WORK": str(place.work), "TMP": str(place.tmp), "LIST": str(listing), "COPY": str(copy), "CACHE": str(place.home / "cache"), **environment}
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script, "sh", place.cvgen, *place.words("warm")], cwd=place.folder, env={**place.environment, **more}, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
        if expected is None:
            assert done.returncode == 0 and copy.read_bytes() == place.bytes["warm"], done.stderr
        else:
            assert done.returncode == 3 and expected in done.stderr, (done.returncode, done.stderr)
            assert not copy.exists() or copy.read_bytes() == b"%PDF yesterday\n", copy.read_bytes()[:80]
        left = [name for name in listing.read_text().split() if name.startswith(".")]
        assert not left, left

    return test


def full(folder, size):
    return f'mount -t tmpfs -o size={size} none "${folder}"'


# A folder of 12 KiB, in which there is the CV and yesterday's PDF.
WORK = ['cp "$WORK/cv.xml" cv-copy', full("WORK", "12k"), 'cp cv-copy "$WORK/cv.xml"', 'echo "%PDF yesterday" > "$WORK/out"', 'cd "$WORK"']


def at_once(place):
    """Runs onto one output: it is whole all the time."""
    place.prepare("warm")
    stop = threading.Event()
    seen = set()

    def look():
        while not stop.is_set():
            seen.add((place.work / "out").read_bytes())

    watcher = threading.Thread(target=look)
    watcher.start()
    runs = [subprocess.Popen([place.cvgen, *place.words("warm")], cwd=place.work, env=place.environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(6)]
    said = [run.communicate(timeout=120)[1] for run in runs]
    stop.set()
    watcher.join()
    assert all(run.returncode == 0 for run in runs), said
    assert seen <= {b"%PDF yesterday\n", place.bytes["warm"]}, [len(bytes) for bytes in seen]
    assert not place.leavings() and not place.processes()


def homeless(place):
    """Without a home, a name, a terminal; into another file system."""
    shared = pathlib.Path("/dev/shm") / f"cvgen-faults-{os.getpid()}"
    shared.mkdir()
    try:
        bare = {"PATH": os.environ["PATH"]}
        for environment in (bare, {**bare, "HOME": ""}, {**bare, "HOME": "/nowhere"}, {**bare, "HOME": "relative", "TMPDIR": "/nowhere"}, {**bare, "HOME": str(place.work / "cv.xml")}):
            done = subprocess.run([place.cvgen, "render", "cv.xml", "-o", shared / "out.pdf", "--force"], cwd=place.work, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
            assert done.returncode == 0 and (shared / "out.pdf").read_bytes() == place.bytes["warm"], (environment, done.stderr)
    finally:
        shutil.rmtree(shared)


def killed(place):
    """pdflatex by somebody else, in the middle."""
    programs = place.folder / "bin"
    programs.mkdir()
    (programs / "pdflatex").write_text(f'#!/bin/sh\n{shutil.which("pdflatex")} "$@" &\nkill -KILL $$\n')
    (programs / "pdflatex").chmod(0o755)
    place.prepare("warm")
    done = place.run(*place.words("warm"), environment={"PATH": f"{programs}:{os.environ['PATH']}"})
    assert not place.verdict("warm", done) and done.returncode == 3 and b"pdflatex was killed (signal 9, Killed)" in done.stderr, done.stderr


def same_bytes(place):
    """In any folder, time zone, locale, with any name, umask and host; cold and warm, one by one and in a batch."""
    (place.work / "greek.xml").write_text(GREEK)
    documents = [("cv.xml", ()), ("cv.xml", ("--template", "academic"))] + ([("greek.xml", ())] if shutil.which("lualatex") else [])
    elsewhere = place.folder / "élsewhere, with blanks" / "x"
    elsewhere.mkdir(parents=True)
    for name in ("cv.xml", "greek.xml"):
        shutil.copy(place.work / name, elsewhere)
    others = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE", "USER": "somebody", "LOGNAME": "somebody", "HOME": str(elsewhere), "TERM": "dumb", "COLUMNS": "7", "CVGEN_CACHE_SIZE": "0"}
    for i, (name, options) in enumerate(documents):
        out = place.work / f"same-{i}.pdf"
        assert place.run("render", name, "-o", out, *options).returncode == 0
        expected = out.read_bytes()
        umask = ["sh", "-c", 'umask 0777; hostname elsewhere 2> /dev/null; exec "$@"', "sh"]
        host = ["unshare", "-ru"] if subprocess.run(["unshare", "-ru", "true"], capture_output=True).returncode == 0 else []
        done = subprocess.run([*host, *umask, place.cvgen, "render", name, "-o", "other.pdf", *options], cwd=elsewhere, env={**place.environment, **others}, stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
        (elsewhere / "other.pdf").chmod(0o600)
        assert done.returncode == 0 and (elsewhere / "other.pdf").read_bytes() == expected, (name, options, done.stderr)
        for jobs in ("1", "3"):
            done = place.run("render", name, "-o", f"many-{jobs}/", "-j", jobs, *options)
            made = list((place.work / f"many-{jobs}").rglob("*.pdf"))
            assert done.returncode == 0 and [path.read_bytes() for path in made] == [expected], (jobs, done.stderr, made)
            shutil.rmtree(place.work / f"many-{jobs}")
        out.unlink()


def dated(place):
    """SOURCE_DATE_EPOCH is TeX's date, of templates that print one; what is no date is refused before anything is made."""
    looks = place.folder / "looks"
    assert place.run("init-template", "dated", "--from", "compact", "--template-dir", looks, "-q").returncode == 0
    frame = looks / "dated" / "preamble.tex"
    frame.write_text(frame.read_text().replace("\\begin{document}", "\\begin{document}\n\\the\\year\n", 1))
    for value, year in (("0", "1970"), ("1700000000", "2023"), ("", "1970"), (None, "1970")):
        place.environment.pop("SOURCE_DATE_EPOCH", None)
        done = place.run("render", "cv.xml", "-o", "dated.pdf", "--template", "dated", "--template-dir", looks, environment={} if value is None else {"SOURCE_DATE_EPOCH": value})
        assert done.returncode == 0 and year in pdf.text(place.work / "dated.pdf"), (value, done.stderr)
    (place.work / "dated.pdf").unlink()
    for value in ("yesterday", "-1", "1e9", "0x10", " 5", "1.5", "253402300800", "9" * 30, "1\x1b[2J"):
        place.prepare("warm")
        done = place.run(*place.words("warm"), environment={"SOURCE_DATE_EPOCH": value})
        said = done.stderr.decode()
        assert done.returncode == 3 and "error[E0705]: SOURCE_DATE_EPOCH is `" in said and "which is no date" in said and "\x1b" not in said, said
        assert (place.work / "out").read_bytes() == b"%PDF yesterday\n"


TESTS = {
    "signals": signals,
    "a signal while it reads": busy,
    "descriptors": limited(resource.RLIMIT_NOFILE, (4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16, 20)),
    "memory": limited(resource.RLIMIT_AS, tuple(size << 20 for size in (10, 15, 20, 25, 30, 40, 60, 90, 120, 200))),
    "size of files": limited(resource.RLIMIT_FSIZE, (0, 1, 500, 4000, 12000, 24000, 30000, 100000)),
    "processes": limited(resource.RLIMIT_CPU, (1, 2)),
    "full disk": mounted(WORK, "No space left on device"),
    "full disk for temporary files": mounted([full("TMP", "12k"), 'cd "$WORK"'], "error[E0"),
    "full disk for the cache": mounted([full("CACHE", "100k"), 'cd "$WORK"'], None),
    "nowhere to write temporary files": mounted([full("TMP", "4k") + " -o ro", 'cd "$WORK"'], "can't make a folder in"),
    "a folder that is read-only": mounted([full("TMP", "9M"), 'mount --bind "$WORK" "$WORK"', 'mount -o remount,bind,ro "$WORK"', 'cd "$WORK"'], "can't be written"),
    "several at once": at_once,
    "no home": homeless,
    "killed": killed,
    "same bytes": same_bytes,
    "SOURCE_DATE_EPOCH": dated,
}
