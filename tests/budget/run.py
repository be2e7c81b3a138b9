#!/usr/bin/env python3
"""The page budget: a brute-force oracle on small CVs, and page counts kept on real and large ones."""
import concurrent.futures
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402
import generate  # noqa: E402
import oracle  # noqa: E402

QUICK_SEEDS, ALL_SEEDS = 20, 300


def render(cvgen, path, out, flags, **environment):
    done = subprocess.run([cvgen, "render", str(path), "-o", str(out), "--report=json", *flags], capture_output=True, text=True, env={**os.environ, **environment})
    if done.returncode:
        return None, done.stderr
    return json.loads(next(line for line in done.stderr.splitlines() if line.startswith("{"))), done.stderr


def pages_of(pdf):
    return int(re.search(r"^Pages:\s+(\d+)", subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout, re.M)[1])


def budget_fault(cvgen, path, pages, folder, table, *options):
    out = folder / f"{path.stem}-{path.parent.name}-{pages}.pdf"
    report, said = render(cvgen, path, out, ["--pages", str(pages), *options])
    if report is None:
        return said
    table.append((f"{path.parent.name}/{path.name}", pages, report))
    if pages_of(out) != report["pages"] or report["pages"] > pages:
        return f"{pages_of(out)} pages on paper, {report['pages']} reported, {pages} allowed"
    if report["left_out"] and (report["pages"] < pages or report["full"] < 0.9):
        return f"only {report['full']:.0%} of page {report['pages']} is used"
    return f"{report['tex_runs']} TeX runs" if report["tex_runs"] > 4 else None


def said(cvgen, *words):
    done = subprocess.run([cvgen, "render", *map(str, words)], capture_output=True, text=True)
    return done.returncode, done.stderr


def small_cv(folder, name, body, settings=""):
    path = folder / f"{name}.xml"
    path.write_text(f'<cv version="1">\n<person><name family="A"/></person>\n{settings}<summary>\n{body}\n</summary>\n</cv>\n')
    return path


def command_faults(cvgen, folder):
    """What the options say and do: (name, fault or None)."""
    long = "word " * 3000
    must = small_cv(folder, "must", f'<p weight="must">{long}</p>\n<p weight="must">short</p>')
    out = folder / "none.pdf"
    code, text = said(cvgen, must, "--pages", 1, "-o", out)
    yield "E0505", None if code == 1 and "E0505" in text and re.search(r"is \d+ lines too long for 1 page", text) and "must.xml:4:2" in text and not out.exists() else text
    two = small_cv(folder, "two", f'<p weight="2">{long}</p>\n<p>Stays.</p>')
    code, text = said(cvgen, two, "--pages", 1, "-v", "-o", out, "--dry-run")
    yield "--dry-run", None if code == 0 and "left out 1 of 2 items" in text and ":4, weight 2: word word" in text and not out.exists() else text
    code, text = said(cvgen, two, "--pages", 0)
    yield "--pages 0", None if code == 2 else text
    plain, _ = render(cvgen, two, folder / "plain.pdf", ["--dry-run"])
    filled, _ = render(cvgen, two, folder / "filled.pdf", ["--fill"])
    yield "--fill", None if filled["pages"] == plain["pages"] == pages_of(folder / "filled.pdf") and filled["full"] >= plain["full"] and filled["changed"] else str((plain, filled))
    pins = "".join(f'<set name="{n}" value="{v}" tightest="{v}"/>' for n, v in (("spacing", "1"), ("vmargin", "2cm"), ("hmargin", "2cm"), ("fontsize", "11pt")))
    pinned, _ = render(cvgen, small_cv(folder, "pinned", f"<p>{long}</p>\n<p>Stays.</p>", f"<template>{pins}</template>"), out, ["--pages", "1"])
    yield "tightest", None if pinned and not pinned["changed"] and pinned["tex_runs"] == 2 else str(pinned)
    code, text = said(cvgen, small_cv(folder, "bad", "<p>a</p>", '<template><set name="color" value="red" tightest="blue"/></template>'), "-o", out)
    report, _ = render(cvgen, ROOT / "cv-data/dong-he/cv.xml", folder / "side.pdf", ["--template", "sidebar", "--pages", "3", "--fill"], CVGEN_CACHE_SIZE="0")
    side = subprocess.run(["pdftotext", folder / "side.pdf", "-"], capture_output=True, text=True, check=True).stdout
    yield "page numbers of a second column", None if report["pages"] == 3 and all(f"{page}/3" in side.split() for page in (1, 2, 3)) else side[-300:]
    # It comes out longer than planned, and is planned again.
    names = folder / "names.xml"
    names.write_text((ROOT / "examples/names-of-europe.xml").read_text().replace("<skill>ê", "<skill>Unicode ê"))
    report, words = render(cvgen, names, folder / "names.pdf", ["--template", "moderncv", "--set", "style=casual", "--pages", "2"])
    yield "planned again", None if report and report["pages"] == pages_of(folder / "names.pdf") == 2 and report["tex_runs"] > 4 else words
    yield "tightest of a colour", None if code == 1 and "E0603" in text else text


def main():
    arguments = checks.arguments(__doc__, (("--all",), {"action": "store_true", "help": "hundreds of random CVs"}),
                                 (("--seeds",), {"help": "FIRST-LAST, instead of the usual ones"}),
                                 (("--table",), {"action": "store_true", "help": "print what was measured"}))
    cvgen, suite = arguments.cvgen, checks.Checks()
    seeds = range(ALL_SEEDS if arguments.all else QUICK_SEEDS)
    if arguments.seeds:
        first, last = map(int, arguments.seeds.split("-"))
        seeds = range(first, last + 1)
    left_out, table = 0, []

    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = pathlib.Path(name)
        tasks = {seed: pool.submit(oracle.check, cvgen, folder / str(seed), seed) for seed in seeds}
        for seed, task in tasks.items():
            faults, some = task.result()
            left_out += some
            suite.check(f"oracle, seed {seed}", faults)
        cvs = sorted((ROOT / "cv-data").glob("*/cv.xml"))
        for count in (100, 1000):
            cvs.append(folder / f"generated-{count}.xml")
            cvs[-1].write_text(generate.cv(count))
        for path in cvs:
            for pages in (1, 2, 3):
                suite.check(f"{path.name} on {pages}", budget_fault(cvgen, path, pages, folder, table))
            for template in ("academic", "compact", "modern", "sidebar"):
                suite.check(f"{path.name} on 1 in {template}", budget_fault(cvgen, path, 1, folder, table, "--template", template))
        for path in sorted((ROOT / "tests/budget/corrected").glob("*.xml")):
            suite.check(f"{path.name}, corrected", budget_fault(cvgen, path, 1, folder, table, "--set", f"style={path.stem}"))
        for name, fault in command_faults(cvgen, folder):
            suite.check(name, fault)
        # The same choice every time.
        again = [render(cvgen, cvs[0], folder / f"again{i}.pdf", ["--pages", "1"])[0] for i in range(2)]
        suite.check("determinism", None if again[0] == again[1] and (folder / "again0.pdf").read_bytes() == (folder / "again1.pdf").read_bytes() else "two runs differ")
    if arguments.table:
        print(f"oracle: {len(seeds)} CVs, {left_out} of them too long")
        for name, pages, r in table:
            print(f"{name} on {pages}: {r['pages']} pages, {r['full']:.1%} full, {len(r['left_out'])} of {r['of']} left out, {r['tex_runs']} TeX runs")
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
