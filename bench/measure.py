"""What a command costs. On a machine that others use too, only ratios within one run and processor time mean something."""

import collections
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

# Seconds that pass, seconds of processors, and the peak of one process in MiB: of the command and all that it starts.
Cost = collections.namedtuple("Cost", "wall cpu memory")


class Failed(RuntimeError):
    """A command did not do what it was run for."""


TICK = os.sysconf("SC_CLK_TCK")
# A process begins as a copy of Python: what stays below its size can't be told.
LEAST_MEMORY = 24


def run(command, folder=None, **environment):
    """Runs a command to its end, which must be a good one. -> what it costs, and what it says."""
    command = list(map(str, command))
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        words = said.read().decode("utf-8", "replace")
    if child.returncode:
        raise Failed(f"`{' '.join(command)}` ended with {child.returncode}: {words[-2000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024), words


def total(costs):
    return Cost(sum(cost.wall for cost in costs), sum(cost.cpu for cost in costs), max(cost.memory for cost in costs))


def median(costs):
    return Cost(*(statistics.median(values) for values in zip(*costs)))


def ratio(costs, others, what="wall"):
    """The median of the ratios of what was measured in the same turns."""
    return statistics.median(getattr(a, what) / getattr(b, what) for a, b in zip(costs, others))


class Running:
    """A program that stays: `say` waits until it answers."""

    def __init__(self, command, folder, stream, **environment):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: subprocess.PIPE}
        self.process = subprocess.Popen(list(map(str, command)), cwd=folder, env={**os.environ, **environment}, text=True, bufsize=1, **pipes)
        self.answers = getattr(self.process, stream)
        self.spent = 0

    def hear(self, word):
        for line in self.answers:
            if word in line:
                return
            if "error" in line:
                break
        raise Failed(f"`{' '.join(self.process.args)}` did not say `{word}`")

    def cpu(self):
        """Seconds so far, in ticks of 10 ms: its own and those of the children that it has waited for."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / TICK

    def memory(self):
        """Of the one that has most: itself, or a child that waits."""
        tasks = pathlib.Path(f"/proc/{self.process.pid}/task").iterdir()
        children = [pid for task in tasks for pid in (task / "children").read_text().split()]
        return max(peak_of(pid) for pid in [self.process.pid, *children])

    def edit(self, save, word):
        """-> what it costs from a save until `word` is said."""
        memory = self.memory()
        start = time.perf_counter()
        save()
        self.hear(word)
        wall = time.perf_counter() - start
        before, self.spent = self.spent, self.cpu()
        return Cost(wall, self.spent - before, max(memory, self.memory()))

    def end(self):
        self.process.terminate()
        self.process.communicate()


def status(pid, name):
    try:
        text = pathlib.Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in text.splitlines() if line.startswith(name + ":")), 0)


def peak_of(pid):
    """MiB that the process itself had at most."""
    return status(pid, "VmHWM") / 1024
