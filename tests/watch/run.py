#!/usr/bin/env python3
"""`cvgen render --watch`: saves of every kind, with the real file system; most with a pdflatex that only pretends.

Nothing is waited for by a fixed time: a case waits until something is said or done, and fails when that takes a minute.
"""
import os
import pathlib
import pty
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402
import make  # noqa: E402
from world import DEADLINE, World, cv, wait_until  # noqa: E402

SLOW = "case $name in Slow*) sleep 60 ;; esac"


class Watch(World):
    """A running `cvgen render --watch` in a folder of its own."""

    def __init__(self, folder, cvgen, real):
        super().__init__(folder, cvgen, None if real else SLOW)
        self.process, self.said = None, ""

    def start(self, *arguments):
        self.process = self.popen(self.cvgen, "render", "--watch", *arguments, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        os.set_blocking(self.process.stderr.fileno(), False)

    def hear(self, pattern, count=1):
        """Waits until that was said so often since the last time."""
        def heard():
            self.said += (self.process.stderr.read() or b"").decode()
            return len(re.findall(pattern, self.said)) >= count
        good = wait_until(heard)
        self.heard, self.said = self.said, ""
        return good

    def replace(self, name, text):
        """As vim does: the old file is moved away, a new one takes its name."""
        path = self.work / name
        if path.exists():
            path.rename(f"{path}~")
        path.write_text(text)
        pathlib.Path(f"{path}~").unlink(missing_ok=True)

    def rename_over(self, name, text):
        """As emacs and VS Code do: a new file is written beside it and renamed."""
        path = self.work / name
        beside = path.with_name(f".#{path.name}")
        beside.write_text(text)
        beside.rename(path)

    def made(self, name):
        """Waits until the PDF is that of a CV with this name."""
        return wait_until(lambda: self.pdf() == name)

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(DEADLINE)
        return self.process and self.process.returncode


def saves(watch):
    """Saves by all the ways that editors have; a touch; another file in the folder."""
    watch.save("cv.xml", cv("One"))
    watch.start("cv.xml")
    yield "the first render", watch.hear("wrote cv.pdf .*\n") and watch.pdf() == "One", watch.heard
    yield "tells what it watches", watch.heard.startswith("watching cv.xml; Control-C ends\n"), watch.heard
    watch.save("cv.xml", cv("Two"))
    yield "in place", watch.made("Two") and watch.hear(r"\d\d:\d\d:\d\d cv.xml changed\nwrote cv.pdf .*\n")
    watch.replace("cv.xml", cv("Three"))
    yield "moved away and made anew", watch.made("Three") and watch.hear("wrote")
    watch.rename_over("cv.xml", cv("Four"))
    yield "renamed over", watch.made("Four") and watch.hear("wrote")
    watch.rename_over("cv.xml", cv("Five"))
    yield "and again", watch.made("Five") and watch.hear("wrote")
    runs = len(watch.runs())
    os.utime(watch.work / "cv.xml")
    watch.rename_over("cv.xml", cv("Five"))
    watch.save("other.xml", cv("Other"))
    watch.save("cv.xml", cv("Six"))
    yield "the same content renders nothing", watch.made("Six") and watch.hear("wrote") and len(watch.runs()) == runs + 1 and watch.heard.count("wrote") == 1, watch.heard
    yield "Control-C ends it", watch.stop() == 130


def photos(watch):
    """A photo that is missing, comes, changes; in a folder that is replaced; behind a link."""
    watch.save("cv.xml", cv("One", inside='<photo src="pictures/me.png"/>'))
    watch.start("cv.xml")
    yield "missing", watch.hear("error.E0403.: the photo `pictures/me.png` is not there(.|\n)*1 error\n"), watch.heard
    (watch.work / "pictures").mkdir()
    watch.save("pictures/me.png", make.png(2, 1))
    yield "there, with its folder", watch.hear("wrote cv.pdf"), watch.heard
    watch.save("pictures/me.png", make.png(3, 1))
    yield "another one", watch.hear("pictures/me.png changed\nwrote cv.pdf"), watch.heard
    (watch.work / "pictures").rename(watch.work / "old")
    yield "its folder is away, the PDF stays", watch.hear("E0403(.|\n)*cv.pdf stays as before") and watch.pdf() == "One", watch.heard
    (watch.work / "old").rename(watch.work / "pictures")
    yield "and back", watch.hear("wrote cv.pdf"), watch.heard
    (watch.work / "store").mkdir()
    watch.save("store/me.png", make.png(4, 1))
    (watch.work / "pictures/me.png").unlink()
    (watch.work / "pictures/me.png").symlink_to("../store/me.png")
    yield "a link", watch.hear("wrote cv.pdf"), watch.heard
    watch.save("store/me.png", make.png(5, 1))
    yield "what the link leads to", watch.hear("wrote cv.pdf"), watch.heard


def pieces(watch):
    """A CV of several files: one is missing, comes, changes, is broken for a while; one that is no longer included is let alone."""
    namespace = 'xmlns:xi="http://www.w3.org/2001/XInclude"'
    watch.save("cv.xml", f'<cv version="1" {namespace}><xi:include href="parts/person.xml"/></cv>')
    watch.start("cv.xml", "--diagnostics=short")
    yield "missing", watch.hear("E0404.: the file `parts/person.xml` is not there\n1 error\n"), watch.heard
    (watch.work / "parts").mkdir()
    watch.save("parts/person.xml", '<person><name family="One"/></person>')
    yield "there, with its folder", watch.made("One") and watch.hear("wrote cv.pdf"), watch.heard
    watch.rename_over("parts/person.xml", '<person><name family="Two"/></person>')
    yield "changed", watch.made("Two") and watch.hear("parts/person.xml changed\nwrote cv.pdf"), watch.heard
    watch.save("parts/person.xml", f'<person><xi:include {namespace} href="name.xml"/></person>')
    yield "wants another", watch.hear("parts/person.xml:1:.*E0404.*parts/name.xml(.|\n)*cv.pdf stays as before"), watch.heard
    watch.save("parts/name.xml", '<name family="Three"/>')
    yield "and gets it", watch.made("Three") and watch.hear("wrote cv.pdf"), watch.heard
    watch.save("parts/name.xml", '<name famly="Four"/>')
    yield "a fault in it", watch.hear("parts/name.xml:1:.*E0205(.|\n)*cv.pdf stays as before"), watch.heard
    watch.save("parts/name.xml", '<name family="Four"/>')
    yield "cured", watch.made("Four") and watch.hear("wrote cv.pdf"), watch.heard
    watch.save("parts/person.xml", '<person><name family="Five"/></person>')
    yield "one fewer", watch.made("Five") and watch.hear("wrote cv.pdf"), watch.heard
    begin = len(watch.runs())
    watch.save("parts/name.xml", '<name family="Six"/>')
    watch.save("cv.xml", cv("Seven"))
    yield "it is no part of the CV any more", watch.made("Seven") and len(watch.runs()) == begin + 1, watch.heard


def faults(watch):
    """Errors are told and the PDF stays; a CV that vanishes and comes back."""
    watch.save("cv.xml", cv("One"))
    watch.start("cv.xml", "--diagnostics=short")
    yield "begins", watch.hear("wrote")
    watch.save("cv.xml", cv("Two", extra="<experiance/>"))
    yield "an error", watch.hear("cv.xml:1:.*E0201.*\n1 error\ncv.pdf stays as before\n") and watch.pdf() == "One", watch.heard
    watch.save("cv.xml", cv("Two"))
    yield "cured", watch.made("Two") and watch.hear("wrote"), watch.heard
    (watch.work / "cv.xml").unlink()
    yield "vanished", watch.hear("E0801.*\n1 error\ncv.pdf stays as before\n") and watch.pdf() == "Two", watch.heard
    watch.save("cv.xml", cv("Three"))
    yield "back", watch.made("Three") and watch.hear("wrote"), watch.heard
    shutil.rmtree(watch.work)
    yield "its whole folder vanished", watch.hear("E0801"), watch.heard


def not_there_yet(watch):
    watch.start("in/cv.xml")
    yield "no file, no folder", watch.hear("E0801(.|\n)*1 error\n"), watch.heard
    (watch.work / "in").mkdir()
    watch.save("in/cv.xml", cv("One"))
    yield "made while it watches", watch.made("One") and watch.hear("wrote"), watch.heard


def bursts(watch):
    """Many saves shortly after each other: the last one counts, and not each is rendered."""
    watch.save("cv.xml", cv("One"))
    watch.start("cv.xml")
    yield "begins", watch.hear("wrote")
    begin = len(watch.runs())
    for i in range(60):
        watch.rename_over("cv.xml", cv(f"N{i}"))
        time.sleep(0.003)
    yield "the last one counts", watch.made("N59")
    yield "few are rendered", watch.hear("wrote") and len(watch.runs()) - begin < 20, str(len(watch.runs()) - begin)
    yield "no error was told", "error" not in watch.heard, watch.heard


def dropped(watch):
    """A render of an old state is ended for a new one; Control-C ends one as well."""
    watch.save("cv.xml", cv("One"))
    watch.start("cv.xml")
    yield "begins", watch.hear("wrote")
    watch.save("cv.xml", cv("Slow"))
    yield "a slow one is at work", wait_until(lambda: len(watch.runs()) == 2 and watch.running())
    watch.save("cv.xml", cv("Two"))
    yield "the next one is not kept waiting", watch.made("Two") and watch.hear("wrote"), watch.heard
    yield "of the slow one nothing is left", watch.running() == [] and watch.left() == [] and "Slow" not in watch.heard
    watch.save("cv.xml", cv("Slower"))
    yield "a slow one again", wait_until(lambda: len(watch.runs()) == 4 and watch.running())
    yield "Control-C ends it", watch.stop() == 130 and watch.running() == [] and watch.pdf() == "Two"


def several(watch):
    """Several CVs with all variants: what changed is rendered, no other. And a dependency file."""
    variants = '<variants><variant name="long"/><variant name="short"/></variants>'
    for name in ("ada", "bob"):
        watch.save(f"{name}.xml", cv(name, extra=variants))
    watch.start("ada.xml", "bob.xml", "--all-variants", "-o", "out", "--depfile", "d")
    yield "all are rendered", watch.hear("wrote out/", 4), watch.heard
    begin = len(watch.runs())
    watch.save("bob.xml", cv("Bobby", extra=variants))
    yield "one changed", watch.hear("wrote out/bob", 2) and "out/ada" not in watch.heard and len(watch.runs()) == begin + 2, watch.heard
    yield "both variants of it", watch.pdf("out/bob-long.pdf") == watch.pdf("out/bob-short.pdf") == "Bobby"
    depfile = (watch.work / "d").read_text()
    yield "the dependency file has all", all(f"out/{name}.pdf:" in depfile for name in ("ada-long", "ada-short", "bob-long", "bob-short")), depfile
    watch.save("ada.xml", cv("Ada", extra=variants + "<nonsense/>"))
    yield "one is bad", watch.hear("E0201(.|\n)*stay as before\n"), watch.heard
    watch.save("bob.xml", cv("Robert", extra=variants))
    yield "the other goes on", watch.hear("wrote out/bob", 2) and "E0201" not in watch.heard, watch.heard


def many_saves(watch):
    """Hundreds of renders leave no files, descriptors or memory behind."""
    watch.save("cv.xml", cv("First", inside='<photo src="me.png"/>'))
    watch.save("me.png", make.png(1, 1))
    watch.start("cv.xml")
    yield "begins", watch.hear("wrote")
    state = pathlib.Path(f"/proc/{watch.process.pid}")
    memory = lambda: int(re.search(r"VmRSS:\s+(\d+)", (state / "status").read_text())[1])
    sizes = []
    for i in range(250):
        watch.replace("cv.xml", cv(f"N{i}", inside='<photo src="me.png"/>'))
        if not watch.hear("wrote cv.pdf"):
            yield f"save {i}", False, watch.heard
            return
        if i in (30, 249):
            sizes.append((len(list((state / "fd").iterdir())), memory(), len(list((state / "task").iterdir()))))
    (fds, before, threads), (fds_after, after, threads_after) = sizes
    yield "descriptors", fds_after <= fds, f"{fds}, then {fds_after}"
    yield "threads", threads_after <= threads, f"{threads}, then {threads_after}"
    yield "memory", after < before + 2048, f"{before} KiB, then {after} KiB"
    yield "temporary files", watch.stop() == 130 and watch.left() == []


def screen_of(said, columns=80):
    """What a terminal shows in the end."""
    rows, row, column = [""], 0, 0
    for control, count, final, text in re.findall(r"(\x1b\[(\d*)([A-Za-z]))|([^\x1b])", said):
        if control:
            if final == "A":
                row = max(0, row - int(count or 1))
            elif final == "J":
                del rows[row + 1:]
                rows[row] = rows[row][:column]
            elif final == "K":
                rows[row] = rows[row][:column]
        elif text == "\r":
            column = 0
        elif text == "\n":
            row += 1
            rows += [""] * (row + 1 - len(rows))
        else:
            if column == columns:
                row, column = row + 1, 0
                rows += [""] * (row + 1 - len(rows))
            rows[row] = rows[row][:column].ljust(column) + text + rows[row][column + 1:]
            column += 1
    return rows


def terminal(watch):
    """Errors are shown and cleared in place."""
    watch.save("cv.xml", cv("One", extra='<experiance x="' + 200 * "y" + '"/>'))
    pid, screen = pty.fork()
    if pid == 0:
        os.chdir(watch.work)
        os.execve(watch.cvgen, ["cvgen", "render", "--watch", "--color=always", "cv.xml"], watch.environment)
    said = ""

    def see(pattern):
        def seen():
            nonlocal said
            while select.select([screen], [], [], 0)[0]:
                said += os.read(screen, 4096).decode()
            return re.fullmatch(pattern, "\n".join(screen_of(re.sub(r"\x1b\[[\d;]*m", "", said))).strip())
        return wait_until(seen)

    ends = r"\n\d\d:\d\d:\d\d watching cv.xml; Control-C ends"
    yield "an error", see(r"error.E0201.: .*(.|\n)*\n1 error" + ends), said
    watch.save("cv.xml", cv("One"))
    yield "is cleared when it is cured", see(r"wrote cv.pdf \(.*\)" + ends), said
    watch.save("cv.xml", cv("Two", extra="<experiance/>"))
    yield "another error", see(r"error.E0201.: .*(.|\n)*\n1 error\ncv.pdf stays as before" + ends), said
    watch.save("cv.xml", cv("Three"))
    yield "is cleared too", see(r"wrote cv.pdf \(.*\)" + ends), said
    os.kill(pid, signal.SIGINT)
    yield "Control-C", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130


def waiting(watch):
    """-> the processes of TeX that wait for the rest of their documents."""
    found = []
    for process in pathlib.Path("/proc").iterdir():
        try:
            if "cvgen-ahead-" in os.readlink(process / "cwd") and str(watch.tmp) in os.readlink(process / "cwd") and (process / "stat").read_text().split()[2] != "Z":
                found.append(int(process.name))
        except OSError:
            pass
    return found


def is_plain(watch):
    """Whether cv.pdf has the bytes that a render without --watch gives."""
    plain = watch.run(watch.cvgen, "render", "--force", "cv.xml", "-o", "plain.pdf", env={"CVGEN_CACHE_SIZE": "0"})
    same = plain.returncode == 0 and (watch.work / "cv.pdf").read_bytes() == (watch.work / "plain.pdf").read_bytes()
    if not same:
        watch.heard += plain.stderr or "the plain render has other bytes\n"
    return same


def like_a_plain_render(watch):
    """With the real pdflatex: the bytes are those of a render without --watch and cache, wherever the edit is."""
    entry = '<job date="2019"><title>Cook {0}</title><employer>Inn</employer><highlights>' + 12 * "<item>Fried {0} eggs</item>" + "</highlights></job>"
    text = (ROOT / "examples/minimal.xml").read_text().replace("</cv>", "<experience>" + "".join(entry.format(f"at {i}") for i in range(9)) + "</experience></cv>")
    photo = text.replace("</person>", '<photo src="me.png"/></person>')
    edits = [("begins", text), ("the last entry", text.replace("at 8", "at 88")), ("there again", text.replace("at 8", "at 89")), ("a little above", text.replace("Cook at 7", "Cook 7")),
             ("farther down", text.replace("at 8<", "at eight<")), ("far above", text.replace("Cook at 1", "Cook one")), ("in the first line", text.replace("Cook at 0", "Chef")),
             ("the name, which is in the metadata", text.replace('family="', 'family="Mc')), ("another page", text.replace("</experience>", 3 * entry.format("more") + "</experience>")),
             ("a page less", text), ("other settings", text.replace("</person>", '</person><template name="moderncv"><set name="color" value="red"/></template>')),
             ("a photo", photo), ("an edit beside the photo", photo.replace("at 8", "at 80")), ("another photo", None), ("without it", text), ("a fault", text + "<"), ("cured", text.replace("at 8", "at 81")),
             ("what TeX refuses", photo.replace("at 8", "at 82")), ("and not any more", text.replace("at 8", "at 83"))]
    watch.save("me.png", make.png(2, 2))
    watch.save("cv.xml", text)
    watch.start("cv.xml")
    for what, text in edits:
        if text is None:
            watch.save("me.png", make.png(3, 5))
        elif what == "what TeX refuses":
            shutil.copy(ROOT / "README.md", watch.work / "me.png")
            watch.rename_over("cv.xml", text)
        elif what != "begins":
            watch.rename_over("cv.xml", text)
        yield what, watch.hear("wrote cv.pdf|[0-9] error"), watch.heard
        if "wrote" in watch.heard:
            yield f"{what}: the same bytes", is_plain(watch)
    yield "ends", watch.stop() == 130 and watch.left() == []


def started_ahead(watch):
    """With the real pdflatex: the next ones wait, as far as the last change or where the document begins, and one is used if it
    is the right one."""
    job = '<job date="2019"><title>Cook {}</title><employer>Inn</employer></job>'
    text = (ROOT / "examples/minimal.xml").read_text()
    titled = [text.replace("</cv>", "<experience>" + 12 * job.format("") + job.format(i) + "</experience></cv>") for i in range(9)]
    coloured = titled[2].replace("</person>", '</person><template name="moderncv"><set name="color" value="red"/></template>', 1)

    def wait(count):
        """-> whether so many wait in the end."""
        return wait_until(lambda: len(waiting(watch)) == count)

    watch.save("cv.xml", titled[0])
    watch.start("cv.xml")
    yield "begins", watch.hear("wrote"), watch.heard
    yield "the next engine waits", wait(1)
    first = waiting(watch)
    watch.rename_over("cv.xml", titled[1])
    yield "is used", watch.hear("wrote") and wait(2) and not set(first) & set(waiting(watch)) and is_plain(watch), watch.heard
    first = waiting(watch)
    watch.rename_over("cv.xml", titled[2])
    yield "one of two is used", watch.hear("wrote") and wait(2) and len(set(first) & set(waiting(watch))) == 1 and is_plain(watch), watch.heard
    watch.rename_over("cv.xml", titled[2].replace('family="', 'family="Mc'))
    yield "none is used for a change above", watch.hear("wrote") and wait(1) and not set(first) & set(waiting(watch)) and is_plain(watch), watch.heard
    watch.rename_over("cv.xml", coloured)
    yield "nor with another preamble", watch.hear("wrote") and is_plain(watch), watch.heard
    watch.rename_over("cv.xml", titled[3])
    yield "the first preamble again", watch.hear("wrote") and is_plain(watch), watch.heard
    for process in waiting(watch):
        os.kill(process, signal.SIGKILL)
    watch.rename_over("cv.xml", titled[4])
    yield "one was killed", watch.hear("wrote") and is_plain(watch), watch.heard
    yield "another waits", wait_until(lambda: waiting(watch))
    stopped = {process: pathlib.Path(os.readlink(f"/proc/{process}/cwd")) for process in waiting(watch)}
    for process in stopped:
        os.kill(process, signal.SIGSTOP)
    watch.rename_over("cv.xml", titled[5])
    yield "one was given its document", wait_until(lambda: any((folder / "cv.tex").is_file() for folder in stopped.values()))
    for process in stopped:
        os.kill(process, signal.SIGKILL)
    yield "and killed", watch.hear("wrote") and is_plain(watch), watch.heard
    yield "yet another waits", wait_until(lambda: waiting(watch))
    for name in watch.left():
        shutil.rmtree(watch.tmp / name)
    watch.rename_over("cv.xml", titled[8])
    yield "its folder was removed", watch.hear("wrote") and is_plain(watch), watch.heard
    watch.run(watch.cvgen, "cache", "clear")
    watch.rename_over("cv.xml", titled[5])
    yield "its format is gone", watch.hear("wrote") and is_plain(watch), watch.heard
    watch.rename_over("cv.xml", titled[6])
    yield "its format was made again", watch.hear("wrote") and is_plain(watch), watch.heard
    yield "Control-C leaves neither process nor folder", watch.stop() == 130 and watch.left() == [] and not waiting(watch), watch.left()
    watch.start("cv.xml")
    yield "begins again", watch.hear("wrote|up to date") or watch.heard
    watch.rename_over("cv.xml", titled[7])
    yield "waits again", watch.hear("wrote") and wait(1), watch.heard
    watch.process.kill()
    watch.process.wait()
    yield "a cvgen that is killed takes it along", wait_until(lambda: not waiting(watch))
    watch.start("cv.xml")
    watch.hear("watching")
    yield "the next one removes its folder", wait_until(lambda: len([name for name in watch.left() if "ahead" in name]) <= 2), watch.left()
    yield "ends", watch.stop() == 130 and not [name for name in watch.left() if "ahead" in name], watch.left()


CASES = [saves, photos, pieces, faults, not_there_yet, bursts, dropped, several, many_saves, terminal, like_a_plain_render, started_ahead]


def main():
    options = checks.arguments(__doc__, (("cases",), {"nargs": "*", "help": "names of cases; all if none is given"}))
    suite = checks.Checks()
    for case in CASES:
        if options.cases and case.__name__ not in options.cases:
            continue
        with tempfile.TemporaryDirectory(prefix="cvgen-watch-") as folder:
            watch = Watch(pathlib.Path(folder).resolve(), options.cvgen, case in (like_a_plain_render, started_ahead))
            try:
                suite.results(case.__name__, case(watch))
            finally:
                watch.stop()
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
