#!/usr/bin/env python3
"""The page budget: a brute-force oracle on small CVs, and page counts kept on real and large ones."""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import generate
import oracle

ROOT = pathlib.Path(__file__).resolve().parents[2]
QUICK_SEEDS, ALL_SEEDS = 16, 300


def render(cvgen, path, out, flags):
    done = subprocess.run([cvgen, "render", str(path), "-o", str(out), "--report=json", *flags], capture_output=True, text=True)
    if done.returncode:
        return None, done.stderr
    return json.loads(next(line for line in done.stderr.splitlines() if line.startswith("{"))), done.stderr


def pages_of(pdf):
    return int(re.search(r"^Pages:\s+(\d+)", subprocess.run(["pdfinfo", str(pdf)], capture_output=True, text=True).stdout, re.M)[1])


def budget_fault(cvgen, path, pages, folder, table):
    out = folder / f"{path.stem}-{path.parent.name}-{pages}.pdf"
    report, said = render(cvgen, path, out, ["--pages", str(pages)])
    if report is None:
        return said
    table.append((f"{path.parent.name}/{path.name}", pages, report))
    if pages_of(out) != report["pages"] or report["pages"] > pages:
        return f"{pages_of(out)} pages on paper, {report['pages']} reported, {pages} allowed"
    if report["left_out"] and (report["pages"] < pages or report["full"] < 0.9):
        return f"only {report['full']:.0%} of page {report['pages']} is used"
    return f"{report['tex_runs']} TeX runs" if report["tex_runs"] > 4 else None


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cvgen", required=True)
    parser.add_argument("--all", action="store_true", help="hundreds of random CVs")
    parser.add_argument("--seeds", help="FIRST-LAST, instead of the usual ones")
    parser.add_argument("--table", action="store_true", help="print what was measured")
    arguments = parser.parse_args()
    cvgen = str(pathlib.Path(arguments.cvgen).resolve())
    seeds = range(ALL_SEEDS if arguments.all else QUICK_SEEDS)
    if arguments.seeds:
        first, last = map(int, arguments.seeds.split("-"))
        seeds = range(first, last + 1)
    passed, failed, left_out, table = 0, 0, 0, []

    def verdict(name, fault):
        nonlocal passed, failed
        passed, failed = passed + (not fault), failed + bool(fault)
        if fault:
            print(f"FAILED {name}: {fault}")

    with tempfile.TemporaryDirectory() as name, concurrent.futures.ThreadPoolExecutor(2) as pool:
        folder = pathlib.Path(name)
        tasks = {seed: pool.submit(oracle.check, cvgen, folder / str(seed), seed) for seed in seeds}
        for seed, task in tasks.items():
            faults, some = task.result()
            left_out += some
            verdict(f"oracle, seed {seed}", "; ".join(faults))
        cvs = sorted((ROOT / "cv-data").glob("*/cv.xml"))
        for count in (100, 1000):
            cvs.append(folder / f"generated-{count}.xml")
            cvs[-1].write_text(generate.cv(count))
        for path in cvs:
            for pages in (1, 2, 3):
                verdict(f"{path.name} on {pages}", budget_fault(cvgen, path, pages, folder, table))
        # The same choice every time.
        again = [render(cvgen, cvs[0], folder / f"again{i}.pdf", ["--pages", "1"])[0] for i in range(2)]
        verdict("determinism", None if again[0] == again[1] and (folder / "again0.pdf").read_bytes() == (folder / "again1.pdf").read_bytes() else "two runs differ")
    if arguments.table:
        print(f"oracle: {len(seeds)} CVs, {left_out} of them too long")
        for name, pages, r in table:
            print(f"{name} on {pages}: {r['pages']} pages, {r['full']:.1%} full, {len(r['left_out'])} of {r['of']} left out, {r['tex_runs']} TeX runs")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
