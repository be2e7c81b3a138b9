"""Small random CVs, every subset of which is set by TeX, to see whether the plan obeys the rule."""
import itertools
import json
import os
import random
import re
import subprocess

from generate import sentence

LOOKS = [["style=banking"], ["style=classic"], ["style=banking", "font=roman"], ["style=oldstyle"]]
PAGE = ["fontsize=12pt", "vmargin=4cm", "hmargin=4cm"]
# Margins and size stay as they are, so that the page stays small; the spacing may be tightened.
PINNED = ('<template name="moderncv"><set name="fontsize" value="12pt" tightest="12pt"/>'
          '<set name="vmargin" value="4cm" tightest="4cm"/><set name="hmargin" value="4cm" tightest="4cm"/></template>')
MUST = 11


class Unit:
    def __init__(self, name, kind, weight, parent, text):
        self.name, self.kind, self.weight, self.parent, self.text = name, kind, weight, parent, text

    def own(self):
        return MUST if self.weight == "must" else 5 if self.weight is None else self.weight


def random_units(chance):
    units = []
    while len(units) < 5:
        parent = len(units)
        units.append(make(chance, len(units), chance.choice(["entry", "entry", "talk", "p", "publication"]), None))
        if units[parent].kind == "entry":
            for _ in range(chance.randint(0, 3)):
                units.append(make(chance, len(units), "item", parent))
    return units[:8]


def make(chance, number, kind, parent):
    weight = chance.choice([None, None, "must", *range(0, 11), *range(3, 7)])
    long = {"entry": (3, 30), "talk": (4, 120), "publication": (4, 140), "p": (20, 260), "item": (8, 200)}[kind]
    return Unit(f"U{number}", kind, weight, parent, f"U{number} " + sentence(chance, *long))


def xml(units, sections, kept):
    """The document with only these units; `sections` maps a top-level unit to the number of its section."""
    out = ['<cv version="1">', '<person><name family="Oracle"/><email>a@example.org</email></person>']
    for section, members in itertools.groupby((i for i in kept if units[i].parent is None), key=lambda i: sections[i]):
        out.append(f'<section title="Section {section}">')
        for i in members:
            unit = units[i]
            weight = "" if unit.weight is None else f' weight="{unit.weight}"'
            points = [j for j in kept if units[j].parent == i]
            inner = "".join(f"<item{'' if units[j].weight is None else ' weight=%s' % json.dumps(str(units[j].weight))}>{units[j].text}</item>" for j in points)
            inner = f"<highlights>{inner}</highlights>" if inner else ""
            out.append({"entry": f'<entry date="2020"{weight}><title>{unit.text}</title>{inner}</entry>',
                        "talk": f'<talk date="2020"{weight}><title>{unit.text}</title></talk>',
                        "publication": f'<publication date="2020"{weight}><title>{unit.text}</title><venue>Venue</venue></publication>',
                        "p": f"<p{weight}>{unit.text}</p>"}[unit.kind])
        out.append("</section>")
    return "\n".join(out + ["</cv>", ""])


def closed_subsets(units):
    for bits in itertools.product([False, True], repeat=len(units)):
        if all(not b or units[i].parent is None or bits[units[i].parent] for i, b in enumerate(bits)):
            yield frozenset(i for i, b in enumerate(bits) if b)


def effective(units):
    weights = [u.own() for u in units]
    for i, u in enumerate(units):
        if weights[i] == MUST and u.parent is not None:
            weights[u.parent] = MUST
    return [min(w, weights[u.parent]) if u.parent is not None else w for u, w in zip(units, weights)]


def page_counts(cvgen, folder, units, sections, subsets, settings):
    """How many pages TeX really makes of each subset, all in one document."""
    files = []
    subsets = list(dict.fromkeys([*subsets, frozenset()]))  # several, so that they go to a folder
    for number, subset in enumerate(subsets):
        path = folder / f"s{number}.xml"
        path.write_text(xml(units, sections, sorted(subset)))
        files.append(str(path))
    flags = [word for setting in settings for word in ("--set", setting)]
    done = subprocess.run([cvgen, "render", *files, "--to", "tex", "-q", "-o", str(folder / "tex"), *flags], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr)
    preamble, bodies = None, []
    for number in range(len(subsets)):
        text = (folder / "tex" / f"s{number}.tex").read_text()
        head, body = text.split("\\begin{document}")
        preamble = preamble or head
        bodies.append("\\begingroup\\setcounter{page}{1}" + body.split("\\end{document}")[0] +
                      f"\\clearpage\\typeout{{subset {number} has \\the\\numexpr\\value{{page}}-1\\relax}}\\endgroup\n")
    (folder / "all.tex").write_text(preamble + "\\pdfdraftmode=1\n\\begin{document}\n" + "".join(bodies) + "\\end{document}\n")
    subprocess.run(["pdflatex", "-interaction=nonstopmode", "all.tex"], cwd=folder, stdout=subprocess.DEVNULL,
                   env=dict(os.environ, max_print_line="1000"))
    log = (folder / "all.log").read_text(errors="replace")
    found = dict((int(a), int(b)) for a, b in re.findall(r"^subset (\d+) has (\d+)", log, re.M))
    return {subset: found[number] for number, subset in enumerate(subsets)}


def faults_of(units, kept, pages, most):
    weight = effective(units)
    name = lambda i: f"{units[i].name} (weight {weight[i]})"
    below = lambda i: {j for j in range(len(units)) if j == i or units[j].parent == i}
    faults = []
    if pages[kept] > most:
        faults.append(f"the choice has {pages[kept]} pages")
    for d in set(range(len(units))) - kept:
        if weight[d] == MUST:
            faults.append(f"{name(d)} must stay")
        if units[d].parent is not None and units[d].parent not in kept:
            continue
        if pages[kept | {d}] <= most:
            faults.append(f"{name(d)} would fit")
        for k in kept:
            if weight[k] > weight[d] or (weight[k] == weight[d] and k < d) or k == units[d].parent:
                continue
            if pages[frozenset((kept - below(k)) | {d})] <= most:
                faults.append(f"{name(d)} would fit in the place of {name(k)}")
    return faults


def check(cvgen, folder, seed):
    """Faults of one random CV, and whether anything was left out of it."""
    chance = random.Random(seed)
    units = random_units(chance)
    sections, section = {}, 0
    for i, unit in enumerate(units):
        if unit.parent is None:
            sections[i] = section = section + (chance.random() < 0.5)
    most = 1 if chance.random() < 0.8 else 2
    settings = LOOKS[seed % len(LOOKS)] + PAGE + (["spacing=1.5"] if chance.random() < 0.2 else [])
    folder.mkdir(parents=True)
    path = folder / "cv.xml"
    path.write_text(xml(units, sections, range(len(units))).replace("</person>", "</person>" + PINNED))
    flags = [word for setting in settings for word in ("--set", setting)]
    done = subprocess.run([cvgen, "render", str(path), "--pages", str(most), "--dry-run", "--report=json", *flags], capture_output=True, text=True)
    subsets = list(closed_subsets(units))
    weight = effective(units)
    if done.returncode:
        musts = frozenset(i for i, w in enumerate(weight) if w == MUST)
        tight = LOOKS[seed % len(LOOKS)] + PAGE + ["spacing=0.6"]
        if "E0505" not in done.stderr:
            return [done.stderr], False
        return ([] if page_counts(cvgen, folder, units, sections, [musts], tight)[musts] > most else ["E0505, but it fits"]), True
    report = json.loads(done.stderr.splitlines()[-1])
    final = settings + [f"{name}={change['to']}" for name, change in report["changed"].items()]
    pages = page_counts(cvgen, folder, units, sections, subsets, final)
    dropped = {unit["name"].split()[0] for unit in report["left_out"]}
    kept = frozenset(i for i, unit in enumerate(units) if unit.name not in dropped)
    faults = faults_of(units, kept, pages, most)
    if kept and pages[kept] != report["pages"]:
        faults.append(f"it says {report['pages']} pages, TeX {pages[kept]}")
    if report["tex_runs"] > 4:
        faults.append(f"{report['tex_runs']} TeX runs")
    return faults, bool(dropped)

