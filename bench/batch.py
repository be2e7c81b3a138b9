"""What one of many CVs costs in a batch, beside the same alone."""

import concurrent.futures
import os
import pathlib
import statistics
import subprocess
import threading
import time

import generate
import measure

ENTRIES = 30
SAMPLE = 30


class Watched(threading.Thread):
    """Looks at a process while it runs: its own memory, open files and threads."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.seen = pid, []
        self.start()

    def run(self):
        while measure.peak_of(self.pid):
            try:
                files = len(os.listdir(f"/proc/{self.pid}/fd"))
            except OSError:
                break
            self.seen.append((measure.status(self.pid, "VmRSS") / 1024, files, measure.status(self.pid, "Threads")))
            time.sleep(0.2)

    def early_and_most(self):
        """(MiB, files, threads) at most in the first tenth of the time, and in all."""
        most = lambda rows: tuple(map(max, zip(*rows)))
        return most(self.seen[:max(1, len(self.seen) // 10)]), most(self.seen)


def written(folder, first, count):
    paths = [folder / f"{number}.xml" for number in range(first, first + count)]
    for number, path in enumerate(paths, first):
        path.write_text(generate.cv(ENTRIES, seed=number))
    return paths


def singly(cvgen, folder, paths, environment):
    """-> seconds of processors for each, in a process of its own; all processors are as busy as in a batch, since the same work takes
    more of them then."""
    def render(path):
        return measure.run([cvgen, "render", "--force", path, "-o", path.with_suffix(".pdf")], folder, **environment)[0].cpu

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return statistics.mean(pool.map(render, paths))


def measured(cvgen, work, count):
    """Rows of (what, seconds of processors each, the same alone, seconds in all, early, most) for CVs that cvgen has not seen,
    and once more when it has."""
    folder = work / "batch"
    folder.mkdir()
    environment = {"XDG_CACHE_HOME": str(work / "cache")}
    paths, others = written(folder, 0, count), written(folder, count, SAMPLE + 3)
    (folder / "list").write_text("\n".join(map(str, paths)))
    singly(cvgen, folder, others[SAMPLE:], environment)  # makes the format, and learns the fonts
    rows = []
    for what, alone in (("new CVs", others[:SAMPLE]), ("CVs rendered before", paths[::max(1, count // SAMPLE)])):
        cost = singly(cvgen, folder, alone, environment)
        start = time.perf_counter()
        command = [cvgen, "render", "--force", "-q", "--files-from", folder / "list", "-o", f"{folder}/out/"]
        child = subprocess.Popen(list(map(str, command)), env={**os.environ, **environment})
        watched = Watched(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - start
        made = len(list(pathlib.Path(folder / "out").glob("*.pdf")))
        if child.returncode or made != count:
            raise measure.Failed(f"the batch ended with {child.returncode} and {made} of {count} PDFs")
        rows.append((what, (used.ru_utime + used.ru_stime) / count, cost, wall, *watched.early_and_most()))
    return rows
