#!/usr/bin/env python3
"""Checks the source tree against docs/ARCHITECTURE.md: who may include whom, who may call what, documents in step."""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402

# What would break an invariant outside the rooms named: pattern -> rooms that may.
FORBIDDEN = {
    r"\b(fopen|ifstream|ofstream|fstream|opendir|getenv|unlink|rename)\b\s*\(?": {"io"},
    r"\b(fork|execv\w*|posix_spawn\w*|popen|system)\s*\(": {"io"},
    r"\bstd::(cout|cerr|cin)\b|\bprintf\s*\(": set(),
    r"\b(localtime|gmtime|system_clock|time)\s*\(|\bsystem_clock\b": {"io", "typeset"},
    r"\\x1b\[": {"diag", "cli"},
    r"\bsetlocale\b|\bstd::locale\b": set(),
}
SYSTEM_HEADERS = re.compile(r"^((sys|linux)/\w+|unistd|fcntl|poll|signal|sched|stdlib|dirent|spawn|errno)\.h$")


def room_table(text):
    rooms = {}
    section = text.split("## Rooms", 1)[1].split("\n## ", 1)[0]
    for row in re.findall(r"^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$", section, re.M):
        name, may, third = row
        clean = lambda cell: set(cell.replace("-", " ").split())
        rooms[name] = (clean(may) | {name}, clean(third))
    return rooms


def sources():
    for path in sorted((ROOT / "src").rglob("*")):
        if path.suffix in (".cpp", ".hpp", ".def"):
            relative = path.relative_to(ROOT / "src")
            yield str(relative), path.read_text(encoding="utf-8")


def include_faults(name, text, rooms):
    room = name.split("/")[0].split(".")[0]
    if room == "main":
        return []
    if room not in rooms:
        return [f"{name}: {room} is not in the table of rooms"]
    may, third = rooms[room]
    faults = []
    for header in re.findall(r'^\s*#include "([^"]+)"', text, re.M):
        target = header.split("/")[0].split(".")[0]
        if target not in may:
            faults.append(f"{name}: {room} may not include {header}")
    for header in re.findall(r"^\s*#include <([^>]+)>", text, re.M):
        library = header.split("/")[0].split(".")[0]
        if "." not in header or SYSTEM_HEADERS.match(header):
            if SYSTEM_HEADERS.match(header) and room != "io":
                faults.append(f"{name}: only io talks to the system, not {room} (<{header}>)")
        elif library not in third:
            faults.append(f"{name}: {room} may not use {library}")
    return faults


def call_faults(name, text, _rooms):
    room = name.split("/")[0]
    code = re.sub(r"//[^\n]*", "", text)
    code = re.sub(r'R"\((?:.|\n)*?\)"', '""', code)
    code = re.sub(r'"(?:[^"\\\n]|\\.)*"', lambda m: m.group(0) if "x1b" in m.group(0) else '""', code)
    faults = []
    for pattern, allowed in FORBIDDEN.items():
        if room not in allowed:
            match = re.search(pattern, re.sub(r"(?:io|model|diag)::\w+", "", code))
            if match:
                faults.append(f"{name}: {match.group(0).strip()} does not belong in {room}")
    return faults


def word_faults(paths):
    loose = re.compile(r"\b(TODO|FIXME|XXX)\b|/(?:home|root|work)/[a-z]")
    faults = []
    for path in paths:
        if path.parts[-2:] == ("tidy", "run.py"):
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        match = loose.search(text)
        if match:
            faults.append(f"{path.relative_to(ROOT)}: {match.group(0)}")
    return faults


def document_faults(cvgen):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    architecture = (ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8")
    run = lambda *words: subprocess.run([cvgen, *words], capture_output=True, text=True).stdout
    faults = []
    for command in re.findall(r"^  ([\w-]+) ", run("help").split("Commands:")[1].split("Options")[0], re.M):
        if f"cvgen {command}" not in readme:
            faults.append(f"README.md does not mention `cvgen {command}`")
    for suite in re.findall(r"^cvgen_suite\((\w+)", (ROOT / "tests/CMakeLists.txt").read_text(), re.M):
        if f"| `{suite}` |" not in architecture:
            faults.append(f"docs/ARCHITECTURE.md does not tell about the suite {suite}")
    pages = run("list", "codes")
    for code, title in re.findall(r"^(\w+)  (.*)$", pages, re.M):
        page = run("explain", code)
        if title not in page or len(page.splitlines()) < 3:
            faults.append(f"{code} has no page")
    gallery = (ROOT / "docs/gallery.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"<code>--template (\S+?)(?: |</code>)", gallery))
    templates = {path.parent.name for path in ROOT.glob("latex-templates/*/template.xml")}
    faults += [f"docs/gallery.md does not show {name}; scripts/gallery renews it" for name in sorted(templates - shown)]
    faults += [f"docs/gallery.md shows {name}, which is no template" for name in sorted(shown - templates)]
    faults += [f"docs/gallery.md shows {name}, which is not there" for name in re.findall(r'src="([^"]+)"', gallery) if not (ROOT / "docs" / name).is_file()]
    for package in re.findall(r"^\w+ ([a-z0-9.+-]+)", (ROOT / "scripts/packages").read_text(), re.M):
        if package.endswith("-dev") and package not in readme:
            faults.append(f"README.md does not say why {package} is needed")
    return faults


def tracked_files():
    try:
        listed = subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return [path for path in ROOT.rglob("*") if path.is_file() and path.relative_to(ROOT).parts[0] not in (".git", "build", "out")]
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def planted(rooms):
    """The checks notice what they are for."""
    return [
        ("an include that points down", include_faults("text/x.hpp", '#include "cli/main.hpp"\n', rooms)),
        ("a library in the wrong room", include_faults("model/x.cpp", "#include <tinyxml2.h>\n", rooms)),
        ("a system header outside io", include_faults("write/x.cpp", "#include <unistd.h>\n", rooms)),
        ("a room that is not in the table", include_faults("misc/x.cpp", "\n", rooms)),
        ("a process started outside io", call_faults("cli/x.cpp", "void f() { fork(); }", rooms)),
        ("a clock in a pure room", call_faults("write/x.cpp", "auto t = time(nullptr);", rooms)),
    ]


def main():
    arguments = checks.arguments(__doc__)
    suite = checks.Checks()
    rooms = room_table((ROOT / "docs/ARCHITECTURE.md").read_text(encoding="utf-8"))
    for name, faults in planted(rooms):
        suite.holds(f"notices {name}", faults, "nothing noticed")
    files = list(sources())
    suite.check("includes", [f for name, text in files for f in include_faults(name, text, rooms)])
    suite.check("calls", [f for name, text in files for f in call_faults(name, text, rooms)])
    suite.check("rooms exist", [f"no folder src/{r}" for r in rooms if not (ROOT / "src" / r).is_dir() and not (ROOT / "src" / f"{r}.hpp").is_file()])
    suite.check("words", word_faults(tracked_files()))
    suite.check("documents", document_faults(arguments.cvgen))
    return suite.end(most=100)


if __name__ == "__main__":
    sys.exit(main())
