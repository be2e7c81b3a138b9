"""Small random CVs, every subset of which is set by TeX, to see whether the plan obeys the rule."""
import itertools
import json
import os
import random
import re
import subprocess

from generate import sentence

# A template with settings.
LOOKS = [("moderncv", "style=banking"), ("academic", "font=pagella"), ("moderncv", "style=classic"), ("compact", "font=heros"),
         ("moderncv", "style=banking", "font=roman"), ("academic", "density=airy", "font=sans"), ("moderncv", "style=oldstyle"),
         ("moderncv", "style=fancy"), ("compact", "density=dense", "font=termes"), ("moderncv", "style=casual"),
         ("modern", "font=heros"), ("sidebar", "side=none"), ("sidebar", "side=section")]
PAGE = ["fontsize=12pt", "vmargin=4cm", "hmargin=4cm"]
TIGHTEST_SPACING = {"moderncv": "0.6", "academic": "0.5", "compact": "0.5", "modern": "0.5", "sidebar": "0.5"}
MUST = 11


def pinned(template, *settings):
    """Margins and size stay as they are, so that the page stays small; the spacing may be tightened."""
    pins = dict(setting.split("=") for setting in [*PAGE, *(["density=normal"] if template != "moderncv" else []), *settings])
    sets = "".join(f'<set name="{name}" value="{value}"' + (f' tightest="{value}"' if name in ("fontsize", "vmargin", "hmargin", "density") else "") + "/>"
                   for name, value in pins.items())
    return f'<template name="{template}">{sets}</template>'


class Unit:
    def __init__(self, number, kind, weight, parent, text):
        self.name, self.kind, self.weight, self.parent, self.text = f"U{number}", kind, weight, parent, f"U{number} {text}"
        self.employment = None  # positions with the same one stand in it together

    def own(self):
        return MUST if self.weight == "must" else 5 if self.weight is None else self.weight

    def attribute(self):
        return "" if self.weight is None else f' weight="{self.weight}"'


LENGTHS = {"entry": (3, 30), "position": (3, 20), "talk": (4, 120), "publication": (4, 140), "p": (20, 260), "group": (10, 120), "item": (8, 200)}


def random_units(chance):
    units = []

    def add(kind, parent=None):
        weight = chance.choice([None, None, "must", *range(0, 11), *range(3, 7)])
        units.append(Unit(len(units), kind, weight, parent, sentence(chance, *LENGTHS[kind])))
        return len(units) - 1

    while len(units) < 5:
        kind = chance.choice(["entry", "entry", "position", "talk", "p", "publication", "group"])
        employment = len(units)
        for _ in range(chance.randint(1, 2) if kind == "position" else 1):
            parent = add(kind)
            units[parent].employment = employment
            if kind not in ("entry", "position"):
                continue
            for _ in range(chance.randint(0, 3)):
                point = add("item", parent)
                if chance.random() < 0.3:
                    add("item", point)
    return units[:8]


def xml(units, sections, kept):
    """The document with only these units; `sections` maps a top-level unit to the number of its section."""
    def points(of):
        items = "".join(f"<item{units[j].attribute()}>{units[j].text}{points(j)}</item>" for j in kept if units[j].parent == of)
        return f"<highlights>{items}</highlights>" if items else ""

    def element(i):
        unit, weight = units[i], units[i].attribute()
        return {"entry": f'<entry date="2020"{weight}><title>{unit.text}</title>{points(i)}</entry>',
                "position": f'<position date="2020"{weight}><title>{unit.text}</title>{points(i)}</position>',
                "talk": f'<talk date="2020"{weight}><title>{unit.text}</title></talk>',
                "publication": f'<publication date="2020"{weight}><title>{unit.text}</title><venue>Venue</venue></publication>',
                "group": f'<group label="{unit.name}"{weight}><skill>{unit.text}</skill></group>',
                "p": f"<p{weight}>{unit.text}</p>"}[unit.kind]

    out = ['<cv version="1">', '<person><name family="Oracle"/><email>a@example.org</email></person>']
    top = [i for i in kept if units[i].parent is None]
    for section, members in itertools.groupby(top, key=lambda i: sections[i]):
        out.append(f'<section title="Section {section}">')
        for employment, things in itertools.groupby(members, key=lambda i: units[i].employment):
            inner = "\n".join(element(i) for i in things)
            out.append(f"<employment><employer>E{employment}</employer>{inner}</employment>" if "<position" in inner else inner)
        out.append("</section>")
    return "\n".join(out + ["</cv>", ""])


def closed_subsets(units):
    for bits in itertools.product([False, True], repeat=len(units)):
        if all(not b or units[i].parent is None or bits[units[i].parent] for i, b in enumerate(bits)):
            yield frozenset(i for i, b in enumerate(bits) if b)


def effective(units):
    weights = [u.own() for u in units]
    for i in reversed(range(len(units))):
        if weights[i] == MUST and units[i].parent is not None:
            weights[units[i].parent] = MUST
    for i, u in enumerate(units):
        if u.parent is not None:
            weights[i] = min(weights[i], weights[u.parent])
    return weights


def page_counts(cvgen, folder, units, sections, subsets, template, settings):
    """How many pages TeX really makes of each subset, all in one document."""
    files = []
    subsets = list(dict.fromkeys([*subsets, frozenset()]))  # several, so that they go to a folder
    for number, subset in enumerate(subsets):
        path = folder / f"s{number}.xml"
        path.write_text(xml(units, sections, sorted(subset)))
        files.append(str(path))
    flags = ["--template", template, *(word for setting in settings for word in ("--set", setting))]
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
    below = lambda i: {i}.union(*(below(j) for j in range(len(units)) if units[j].parent == i))
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
            if weight[k] > weight[d] or (weight[k] == weight[d] and k < d) or d in below(k):
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
            # Positions of one employment stay together.
            sections[i] = section = section + (unit.employment == i and chance.random() < 0.5)
    most = 1 if chance.random() < 0.8 else 2
    template, *look = LOOKS[seed % len(LOOKS)]
    settings = look + PAGE + (["spacing=1.5"] if chance.random() < 0.2 else [])
    folder.mkdir(parents=True)
    path = folder / "cv.xml"
    path.write_text(xml(units, sections, range(len(units))).replace("</person>", "</person>" + pinned(template, *look)))
    flags = [word for setting in settings for word in ("--set", setting)]
    done = subprocess.run([cvgen, "render", str(path), "--pages", str(most), "--dry-run", "--report=json", *flags], capture_output=True, text=True)
    subsets = list(closed_subsets(units))
    weight = effective(units)
    if done.returncode:
        musts = frozenset(i for i, w in enumerate(weight) if w == MUST)
        tight = look + PAGE + ["spacing=" + TIGHTEST_SPACING[template]]
        if "E0505" not in done.stderr:
            return [done.stderr], False
        return ([] if page_counts(cvgen, folder, units, sections, [musts], template, tight)[musts] > most else ["E0505, but it fits"]), True
    report = json.loads(done.stderr.splitlines()[-1])
    final = settings + [f"{name}={change['to']}" for name, change in report["changed"].items()]
    pages = page_counts(cvgen, folder, units, sections, subsets, template, final)
    dropped = {unit["name"].split()[0] for unit in report["left_out"]}
    kept = frozenset(i for i, unit in enumerate(units) if unit.name not in dropped)
    faults = faults_of(units, kept, pages, most)
    if kept and pages[kept] != report["pages"]:
        faults.append(f"it says {report['pages']} pages, TeX {pages[kept]}")
    if report["tex_runs"] > 4:
        faults.append(f"{report['tex_runs']} TeX runs")
    return faults, bool(dropped)

