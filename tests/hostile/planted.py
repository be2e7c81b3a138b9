"""What may stand in the place of a template, or of one of its files: each is refused with one message, and nothing hangs."""

import os
import shutil
import threading

import attacks

NO_ROOT = os.geteuid() != 0


def fill(path, size):
    with open(path, "ab") as file:
        file.truncate(size)


# In the place of a file of the template, which is gone.
FILES = {
    "a pipe": (os.mkfifo, "is not a regular file"),
    "a link to a device": (lambda path: path.symlink_to("/dev/zero"), "it leads out of the template's folder"),
    "a link outside": (lambda path: path.symlink_to("/etc/passwd"), "it leads out of the template's folder"),
    "a link upwards": (lambda path: path.symlink_to("../../cv.xml"), "it leads out of the template's folder"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "Too many levels of symbolic links"),
    "a link to nothing": (lambda path: path.symlink_to("nothing"), "No such file or directory"),
    "nothing": (lambda path: None, "No such file or directory"),
    "a folder": (lambda path: path.mkdir(), "is "),
    "a huge file": (lambda path: fill(path, 3 << 20), "is larger than 1 MiB"),
    "a file of 100 GB without content": (lambda path: fill(path, 100 << 30), "is larger than 1 MiB"),
    "an empty file": (lambda path: path.write_bytes(b""), ""),
    "zeros": (lambda path: path.write_bytes(bytes(1000)), ""),
    "no UTF-8": (lambda path: path.write_bytes(b"\xff\xfe" * 500), ""),
}
if NO_ROOT:
    FILES["a file that is not to be read"] = (lambda path: (path.write_bytes(b""), path.chmod(0)), "Permission denied")
else:
    FILES["a device"] = (lambda path: os.mknod(path, 0o20666, os.makedev(1, 5)), "is not a regular file")

# In the place of the template's folder.
FOLDERS = {
    "a pipe": os.mkfifo,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nothing"),
    "a file": lambda path: path.write_text("x"),
}


def make(suite, folder):
    (folder / "cv.xml").write_text(attacks.DOCUMENT % "X")
    shutil.rmtree(folder / "looks", ignore_errors=True)
    suite.cvgen("init-template", "bad", "--from", "compact", "--template-dir", folder / "looks", "-q")
    return folder / "looks" / "bad"


def render(suite, folder):
    return suite.cvgen("render", "cv.xml", "-o", "a.tex", "--template", "bad", "--template-dir", "looks", folder=folder)


def refused(suite, name, folder, expected, codes=(1, 2)):
    done = render(suite, folder)
    problems = [] if done.returncode in codes else [f"exit code {done.returncode}"]
    problems += [] if done.stderr.count("\nerror") + done.stderr.startswith("error") == 1 and expected in done.stderr else ["not one clear message"]
    problems += ["an output"] if (folder / "a.tex").exists() else []
    suite.tally["other attacks"] += 1
    suite.check(f"template: {name}", [*problems, done.stderr] if problems else [])


def files(suite):
    folder = suite.folder("planted")
    for file in ("template.xml", "preamble.tex"):
        for name, (plant, expected) in FILES.items():
            look = make(suite, folder)
            (look / file).unlink()
            plant(look / file)
            if expected:
                refused(suite, f"{file} is {name}", folder, expected)
            else:
                done = render(suite, folder)
                suite.check(f"template: {file} is {name}", [] if done.returncode in (1, 2) and "error[E" in done.stderr else done.stderr)
    for name, plant in FOLDERS.items():
        look = make(suite, folder)
        shutil.rmtree(look)
        plant(look)
        refused(suite, f"it is {name}", folder, "there is no template `bad`")
    # Beside its files there may be anything.
    look = make(suite, folder)
    os.mkfifo(look / "pipe.sty")
    (look / "zero.png").symlink_to("/dev/zero")
    (look / "again").symlink_to("..")
    for words in (("render", "cv.xml", "-o", "a.tex", "--template", "bad", "--template-dir", "looks"), ("list", "templates", "--template-dir", "looks"), ("init-template", "copy", "--from", "bad", "--template-dir", "looks")):
        done = suite.cvgen(*words, folder=folder)
        suite.check(f"template: anything beside it, {words[0]}", [] if done.returncode == 0 else done.stderr)


def swapped(suite):
    """A folder that becomes another one, a pipe, nothing, while it is read."""
    folder = suite.folder("swapped")
    good = make(suite, folder)
    render(suite, folder)
    expected = (folder / "a.tex").read_bytes()
    stop = threading.Event()

    def swap():
        spare, trap = folder / "spare", folder / "trap"
        trap.mkdir()
        for name in ("template.xml", "preamble.tex"):
            os.mkfifo(trap / name)
        while not stop.is_set():
            good.rename(spare)
            trap.rename(good)
            good.rename(trap)
            spare.rename(good)

    swapper = threading.Thread(target=swap)
    swapper.start()
    problems = []
    for _ in range(60):
        (folder / "a.tex").unlink(missing_ok=True)
        done = render(suite, folder)
        made = (folder / "a.tex").read_bytes() if (folder / "a.tex").exists() else None
        if not (done.returncode == 0 and made == expected) and not (done.returncode in (1, 2, 3) and made is None and "error" in done.stderr):
            problems.append(f"exit code {done.returncode}, {made and len(made)}: {done.stderr}")
    stop.set()
    swapper.join()
    suite.check("template: swapped while it is read", problems)


def tasks(suite):
    yield lambda: files(suite)
    yield lambda: swapped(suite)
