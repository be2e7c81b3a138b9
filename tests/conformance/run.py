#!/usr/bin/env python3
"""Compares cvgen's verdicts on form and structure with xmllint's: on the CVs of this repository, on a corpus of files
with one subtle point each, and on mutants of them all.

    run.py --cvgen build/cvgen --verdicts build/tests/cvgen_verdicts [--mutants 6000] [--seed 1]

What is compared: whether a file is well-formed (`xmllint --noout`), and if both say so, whether it is valid
(`xmllint --noout --schema schema/cv.xsd`). A namespace error such as an unbound prefix is no fault of form: xmllint
prints it, builds the tree all the same and ends with 0. Files that cvgen refuses by policy are counted, not compared.
"""
import argparse
import concurrent.futures
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

sys.dont_write_bytecode = True  # leaves no __pycache__ among the sources
import mutate  # noqa: E402

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SCHEMA = ROOT / "schema" / "cv.xsd"
TIMEOUT = 60  # seconds for a batch that takes about one
BATCH = 250
MOST_REFUSED = 0.10
DEEPEST = 64


@dataclass
class Ours:
    form: str
    structure: str
    refused: bool
    codes: list


@dataclass
class Tally:
    passed: int = 0
    refused: int = 0
    different: int = 0  # as known_difference says
    well_formed: int = 0
    valid: int = 0
    failures: list = field(default_factory=list)

    def add(self, other):
        self.passed += other.passed
        self.refused += other.refused
        self.different += other.different
        self.well_formed += other.well_formed
        self.valid += other.valid
        self.failures += other.failures


# --- the two judges


def xmllint(paths):
    """Path -> (well-formed, valid). With a schema, xmllint says one of two sentences about each file of which it could
    build a tree, and neither about one that is not well-formed."""
    command = ["xmllint", "--noout", "--nonet", "--schema", str(SCHEMA), *map(str, paths)]
    output = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=TIMEOUT).stderr
    said = set(output.split(b"\n"))
    verdicts = {}
    for path in paths:
        name = str(path).encode()
        if name + b" validation generated an internal error" in said:
            raise RuntimeError(f"xmllint has no verdict on {path}")
        valid = name + b" validates" in said
        verdicts[path] = (valid or name + b" fails to validate" in said, valid)
    return verdicts


def cvgen(printer, paths):
    """Path -> Ours, or the words for what went wrong. A file on which the printer dies or hangs is named, and the rest
    goes to a new process."""
    verdicts = {}
    rest = list(paths)
    while rest:
        ended = ""
        process = subprocess.Popen(printer, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        try:
            output, errors = process.communicate("".join(f"{p}\n" for p in rest).encode(), timeout=TIMEOUT)
            if process.returncode != 0:
                ended = f"ended with {process.returncode}: {errors.decode(errors='replace').strip()[:2000]}"
        except subprocess.TimeoutExpired:
            process.kill()
            output, errors = process.communicate()
            ended = f"took more than {TIMEOUT} s"
        lines = output.decode(errors="replace").split("\n")[:-1]
        for path, line in zip(rest, lines):
            verdicts[path] = read_verdict(path, line)
        rest = rest[len(lines):]
        if rest:
            verdicts[rest.pop(0)] = f"the verdict printer {ended or 'said too little'}"
    return verdicts


def read_verdict(path, line):
    match = re.fullmatch(r"(.*) form=(good|bad) structure=(good|bad) refused=(yes|no)((?: [EW]\d{4})*)", line)
    if not match or match[1] != str(path):
        return f"unreadable verdict: {line!r}"
    return Ours(match[2], match[3], match[4] == "yes", match[5].split())


# --- where they may differ


def reason_to_refuse(data, codes):
    """Whether the file gives the reason for which cvgen says it refused it."""
    if "E0110" in codes:
        return b"<!DOCTYPE" in data
    if "E0113" in codes:
        return len(re.findall(rb"<[^/!?]", data)) > DEEPEST
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return True
    declared = re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", data)
    return b"\0" in data[:4] or (declared is not None and declared[1].upper() not in (b"UTF-8", b"UTF8"))


def known_difference(data, well_formed, valid, ours):
    """The differences that are meant, each as narrow as can be. corpus/differences holds a file for each, to show that it
    is still there."""
    only = set(ours.codes) - {"E0208", "E0209"}
    prolog = rb"^(?:\xef\xbb\xbf)?(?:<\?.*?\?>|<!--.*?-->|\s)*"
    # XSD takes any element as the root that is declared at the top of the schema; a CV is a <cv>.
    if valid and only == {"E0201"} and not re.match(prolog + rb"<cv[\s/>]", data, re.S):
        return True
    # XSD allows `xsi:type` that names the type which the element has anyway; cvgen leaves the feature out.
    if valid and only == {"E0205"} and re.search(rb":type\s*=", data) and b"XMLSchema-instance" in data:
        return True
    # libxml2 takes version="1." for a version, which production [26] of XML 1.0 does not.
    if well_formed and ours.codes == ["E0112"] and re.match(rb"(?:\xef\xbb\xbf)?<\?xml\s+version\s*=\s*[\"']1\.[\"']", data):
        return True
    # Nor does [32] take encoding="..."standalone="..." without a blank between the two.
    if well_formed and ours.codes == ["E0112"] and re.match(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*([\"'])[^\"'>]*\1standalone", data):
        return True
    # libxml2 reads no further than a NUL after the root element.
    if well_formed and "E0111" in ours.codes and re.search(rb">\s*\0", data):
        return True
    # libxml2 drops a binding of the prefix `xml`, and one to nothing, before it looks for attributes given twice.
    dropped = re.findall(rb"\s(xmlns:(?:xml|xmlns)|xmlns:[^\s=]+(?=\s*=\s*(?:\"\"|'')))\s*=", data)
    if well_formed and "E0109" in ours.codes and len(dropped) > len(set(dropped)):
        return True
    return False


# --- comparison


def judge(printer, paths, allow_differences=True):
    tally = Tally()
    theirs = xmllint(paths)
    ours = cvgen(printer, paths)
    for path in paths:
        well_formed, valid = theirs[path]
        mine = ours[path]
        data = path.read_bytes()
        if isinstance(mine, str):
            tally.failures.append((path, mine))
        elif mine.refused:
            tally.refused += 1
            if reason_to_refuse(data, mine.codes):
                tally.passed += 1
            else:
                tally.failures.append((path, f"refused without a reason: {' '.join(mine.codes)}"))
        else:
            same = (mine.form == "good") == well_formed and (not well_formed or (mine.structure == "good") == valid)
            tally.well_formed += well_formed
            tally.valid += valid
            if same:
                tally.passed += 1
            elif allow_differences and known_difference(data, well_formed, valid, mine):
                tally.passed += 1
                tally.different += 1
            else:
                words = f"xmllint: form={'good' if well_formed else 'bad'} structure={'good' if valid else 'bad'}"
                tally.failures.append((path, f"{words}; cvgen: form={mine.form} structure={mine.structure} {' '.join(mine.codes)}"))
    return tally


def mutant_batch(printer, folder, seed, number, count, originals):
    """Makes, judges and, where nothing is wrong with them, deletes a batch of mutants."""
    random = Random(f"{seed}/{number}")
    place = folder / f"batch-{number}"
    place.mkdir()
    weights = [1 / (2000 + len(data)) for data in originals]
    paths = []
    for i in range(count):
        path = place / f"mutant-{i}.xml"
        path.write_bytes(mutate.mutant(random, random.choices(originals, weights)[0]))
        paths.append(path)
    tally = judge(printer, paths)
    kept = {path for path, _ in tally.failures}
    for path in paths:
        if path not in kept:
            path.unlink()
    if not kept:
        place.rmdir()
    return tally


# --- other checks


def check_places(printer):
    """Files of the corpus stand in the folder that xmllint's verdict gives them."""
    tally = Tally()
    expected = {"valid": (True, True), "invalid": (True, False), "malformed": (False, False), "differences": None}
    for folder, verdict in expected.items():
        paths = sorted((HERE / "corpus" / folder).glob("*.xml"))
        if not paths:
            tally.failures.append((HERE / "corpus" / folder, "no files"))
            continue
        theirs = xmllint(paths)
        if verdict is None:
            strict = judge(printer, paths, allow_differences=False)
            different = {path for path, _ in strict.failures}
            for path in paths:
                if path in different:
                    tally.passed += 1
                else:
                    tally.failures.append((path, "no difference any more: move it, and delete its rule"))
            continue
        for path in paths:
            if theirs[path] == verdict:
                tally.passed += 1
            else:
                tally.failures.append((path, f"xmllint says {theirs[path]}, the folder says {verdict}"))
    return tally


def check_plain_run(paths):
    """The plain `xmllint --noout` of one file agrees with what is read from the run with a schema."""
    tally = Tally()
    theirs = xmllint(paths)
    for path in paths:
        code = subprocess.run(["xmllint", "--noout", "--nonet", path], capture_output=True, timeout=TIMEOUT).returncode
        if (code == 0) == theirs[path][0]:
            tally.passed += 1
        else:
            tally.failures.append((path, f"xmllint --noout ends with {code}, but with a schema says {theirs[path]}"))
    return tally


def check_program(program, printer, paths):
    """`cvgen validate --diagnostics=json` ends with 0 or 1, says so in JSON, and points into the file."""
    tally = Tally()
    verdicts = cvgen(printer, paths)
    for path in paths:
        wrong = program_fault(program, path, verdicts[path])
        if wrong:
            tally.failures.append((path, f"cvgen validate: {wrong}"))
        else:
            tally.passed += 1
    return tally


def program_fault(program, path, verdict):
    try:
        run = subprocess.run([*program, "validate", "--diagnostics=json", path], capture_output=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return f"took more than {TIMEOUT} s"
    if run.returncode not in (0, 1):
        return f"exit code {run.returncode}"
    size = path.stat().st_size
    codes = []
    for line in run.stderr.decode().split("\n")[:-1]:
        try:
            diagnostic = json.loads(line)
        except ValueError:
            return f"not JSON: {line!r}"
        codes.append(diagnostic["code"])
        for span in diagnostic["labels"] + diagnostic.get("fix", []):
            if not (0 <= span["offset"] and 0 <= span["length"] and span["offset"] + span["length"] <= size):
                return f"a label of {diagnostic['code']} points outside the file"
    if (run.returncode == 1) != any(code.startswith("E") for code in codes):
        return f"exit code {run.returncode} with {codes}"
    missing = [code for code in verdict.codes if code not in codes] if isinstance(verdict, Ours) else []
    return f"says nothing of {missing}" if missing else None


def check_guard(arguments):
    """A planted fault is noticed: the suite runs itself and must fail, naming the file."""
    tally = Tally()
    for plant in PLANTS:
        command = [sys.executable, __file__, "--cvgen", arguments.cvgen, "--verdicts", arguments.verdicts, "--mutants", "20", "--plant", plant]
        run = subprocess.run(command, capture_output=True, text=True, timeout=10 * TIMEOUT)
        if run.returncode == 1 and "planted.xml" in run.stdout and run.stdout.splitlines()[-1].endswith(" 1 failed"):
            tally.passed += 1
        else:
            tally.failures.append((f"--plant {plant}", f"the planted fault was not noticed, or not alone: exit {run.returncode}\n{run.stdout}{run.stderr}"))
    return tally


# A stand-in for the verdict printer that is wrong about files named planted.xml and asks the real one about the others.
PLANTED_PRINTER = r"""
import os, subprocess, sys, time
plant, printer = sys.argv[1:]
real = subprocess.Popen([printer], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
for line in sys.stdin:
    real.stdin.write(line); real.stdin.flush()
    verdict = real.stdout.readline()
    if line.endswith("planted.xml\n"):
        if plant == "crash": sys.stdout.flush(); os.abort()
        if plant == "hang": sys.stdout.flush(); time.sleep(3600)
        if plant == "form": verdict = verdict.replace("form=good", "form=bad").replace("structure=good", "structure=bad")
        if plant == "structure": verdict = verdict.replace("structure=good", "structure=bad")
        if plant == "refused": verdict = verdict.replace("refused=no", "refused=yes E0110")
    sys.stdout.write(verdict)
sys.stdout.flush()
real.stdin.close(); real.wait()
"""
# And one for cvgen, whose label points beyond the end of the file.
PLANTED_PROGRAM = r"""
import sys
print('{"code": "E0201", "labels": [{"offset": 0, "length": 100000000}]}', file=sys.stderr)
sys.exit(1)
"""
PLANTS = ["form", "structure", "refused", "crash", "hang", "json"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cvgen", required=True, help="the program")
    parser.add_argument("--verdicts", required=True, help="the verdict printer, cvgen_verdicts")
    parser.add_argument("--mutants", type=int, default=6000)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--sample", type=int, default=200, help="how many mutants to give to the program itself")
    parser.add_argument("--plant", choices=PLANTS, help="plant a fault, which must then be found")
    arguments = parser.parse_args()
    if shutil.which("xmllint") is None:
        print("xmllint is needed (Debian: libxml2-utils)")
        print("0 passed, 1 failed")
        return 1

    folder = Path(tempfile.mkdtemp(prefix="cvgen-conformance-"))
    printer, program = [arguments.verdicts], [arguments.cvgen]
    own = sorted([*ROOT.glob("cv-data/*/cv.xml"), *ROOT.glob("examples/*.xml"), *ROOT.glob("examples/scripts/*.xml")])
    own.remove(ROOT / "examples/several-files.xml")  # put together before it is judged: tests/cli/include.test
    corpus = sorted((HERE / "corpus").glob("*/*.xml"))
    tally = Tally()

    if arguments.plant:
        if arguments.plant == "hang":
            global TIMEOUT
            TIMEOUT = 10
        planted = folder / "planted.xml"
        shutil.copy(ROOT / "examples" / "minimal.xml", planted)
        stand_in = [sys.executable, "-c", PLANTED_PRINTER, arguments.plant, arguments.verdicts]
        if arguments.plant == "json":
            tally.add(check_program([sys.executable, "-c", PLANTED_PROGRAM], printer, [planted]))
            stand_in = printer
        tally.add(judge(stand_in, [*own[:3], planted, *own[3:]] if arguments.plant != "json" else own))
    else:
        tally.add(check_places(printer))
        tally.add(judge(printer, own))
        tally.add(judge(printer, corpus))
        tally.add(check_plain_run(own[:5] + corpus))
        tally.add(check_program(program, printer, own + corpus))
        tally.add(check_guard(arguments))

    originals = [path.read_bytes() for path in own + sorted((HERE / "corpus" / "valid").glob("*.xml"))]
    mutants = Tally()
    with concurrent.futures.ProcessPoolExecutor(2) as pool:
        starts = range(0, arguments.mutants, BATCH)
        jobs = [pool.submit(mutant_batch, printer, folder, arguments.seed, number, min(BATCH, arguments.mutants - start), originals)
                for number, start in enumerate(starts)]
        for job in jobs:
            mutants.add(job.result())
    tally.add(mutants)
    compared = arguments.mutants - mutants.refused
    print(f"{arguments.mutants} mutants: {compared} compared ({mutants.well_formed} well-formed, {mutants.valid} valid, "
          f"{mutants.different} with a difference that is meant), {mutants.refused} refused by policy")
    if mutants.refused > MOST_REFUSED * arguments.mutants + 2:
        tally.failures.append(("mutants", "too many of them are refused by policy to tell much"))

    if not arguments.plant:
        random = Random(arguments.seed)
        sample = []
        for i in range(arguments.sample):
            sample.append(folder / f"sample-{i}.xml")
            sample[-1].write_bytes(mutate.mutant(random, random.choice(originals)))
        tally.add(check_program(program, printer, sample))
        tally.add(check_plain_run(sample))

    for path, words in tally.failures:
        print(f"FAILED {path}: {words}")
    if tally.failures:
        print(f"the files are kept in {folder}")
    else:
        shutil.rmtree(folder)
    print(f"{tally.passed} passed, {len(tally.failures)} failed")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
