#!/usr/bin/env python3
"""The LaTeX of every example and CV, byte for byte, and what must not change it.

A golden file holds what cvgen wrote between the template's fixed lines; those of WHOLE hold everything. `--bless`
rewrites them; look at the difference before committing."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "tests/shared"))

import checks  # noqa: E402
import make  # noqa: E402

WHOLE = ("minimal", "special-characters", "minimal.academic", "minimal.compact", "minimal.modern", "minimal.sidebar")
# The examples that have a golden in other templates too.
TEMPLATES = {"academic": ("minimal", "everything", "dong-he"), "compact": ("minimal", "experience", "template-settings"),
             "modern": ("minimal", "experience"), "sidebar": ("minimal", "everything")}

# One token of XML: comment, CDATA section, instruction, tag, or text up to the next of them.
TOKEN = re.compile(r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>|[^<]+", re.S)
ATTRIBUTE = re.compile(r"""\s+([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
# Elements that hold elements only: blanks between their children mean nothing.
TEXT = set("title institution employer organization department team place role advisor thesis grade event amount number "
           "note description link item p author venue skill mentee interest language referee headline location detail "
           "b i code sub sup q a email phone website".split())


def elements_reversed(text):
    """Attributes in the opposite order, one to a line, in the other quotes where possible."""
    def tag(match):
        token = match[0]
        if not re.match("<[A-Za-z]", token):
            return token
        attributes = ATTRIBUTE.findall(token)
        if not attributes:
            return token
        name = re.match("<([^\\s/>]+)", token)[1]
        quoted = [f"{key} =\n  " + (f"'{value[1:-1]}'" if "'" not in value[1:-1] and value[0] == '"' else value) for key, value in reversed(attributes)]
        return f"<{name} " + "\n\t".join(quoted) + (" />" if token.endswith("/>") else "\n>")
    return TOKEN.sub(tag, text)


def with_comments(text):
    """Comments and processing instructions at every tag, and within words."""
    def insert(match):
        token = match[0]
        if re.match("<[A-Za-z/]", token):
            return "<!-- x --><?y z?>" + token + "<?y?><!-- <cv> & -->"
        if not token.startswith("<") and "\n" not in token and "&" not in token and len(token) > 4:
            return token[:2] + "<!---->" + token[2:]  # before a letter, not a combining mark: all text is composed
        return token
    head, root, rest = text.partition("<cv")
    return head + (TOKEN.sub(insert, root + rest) if root else "").replace("<!-- x --><?y z?><cv", "<?y z?><cv", 1)


def blanks(text, change):
    """Changes the blanks: all of those between elements, and those within text, where one is as good as ten."""
    out, stack = [], []
    for token in TOKEN.findall(text):
        if re.match("<[A-Za-z]", token) and not token.endswith("/>"):
            stack.append(re.match("<([^\\s/>]+)", token)[1])
        elif token.startswith("</"):
            stack.pop()
        elif not token.startswith("<"):
            running = bool(stack) and stack[-1] in TEXT
            token = change(token, running)
        out.append(token)
    return "".join(out)


def dense(text):
    return blanks(text, lambda token, running: re.sub("[ \t\r\n]+", " ", token) if running else "" if token.isspace() and "\u00a0" not in token else token)


def airy(text):
    return blanks(text, lambda token, running: re.sub("[ \t\r\n]+", "\n\t \n ", token) if running or token.isspace() else token)


def carriage_returns(text):
    return text.replace("\n", "\r\n")


def references(text):
    """Every third letter of running text as a character reference."""
    def change(token, running):
        if not running or "&" in token:
            return token
        return "".join(f"&#x{ord(c):x};" if i % 3 == 0 and not c.isspace() else c for i, c in enumerate(token))
    return blanks(text, change)


def cdata(text):
    return blanks(text, lambda token, running: f"<![CDATA[{token}]]>" if running and "&" not in token and not token.isspace() else token)


TRANSFORMS = {"attribute order and quotes": elements_reversed, "comments and instructions": with_comments, "no blanks": dense,
              "more blanks": airy, "CR LF": carriage_returns, "character references": references, "CDATA": cdata}


class Suite(checks.Checks):
    def __init__(self, cvgen, folder, bless):
        super().__init__()
        self.cvgen, self.folder, self.bless = cvgen, folder, bless
        self.changed = {}  # how many files a transformation changed
        shutil.copytree(ROOT / "examples/several-files", folder / "several-files")

    def tex(self, text, *options, cwd=None, **environment):
        (self.folder / "cv.xml").write_bytes(text.encode("utf-8"))
        for source in re.findall('<photo\\s+src\\s*=\\s*["\']([^"\']+)', text):
            (self.folder / source).write_bytes(make.png(1, 1))
        return self.run(self.folder / "cv.xml", *options, cwd=cwd, **environment)

    def run(self, path, *options, cwd=None, **environment):
        done = subprocess.run([self.cvgen, "render", str(path), "--to", "tex", "-o", "-", *options], cwd=cwd, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, **environment})
        return done.stdout.decode("utf-8") if done.returncode == 0 else "cvgen failed:\n" + done.stderr.decode("utf-8", "replace")

    def golden(self, name, tex):
        path = HERE / f"{name}.tex"
        have = tex if name in WHOLE else shortened(tex)
        if self.bless:
            path.write_text(have, encoding="utf-8")
        wanted = path.read_text(encoding="utf-8") if path.exists() else None
        if wanted is None:
            return self.holds(f"{name}: golden", False, f"{path.name} is missing; see --bless")
        self.check(f"{name}: golden", checks.differences(path.name, wanted, have, 2))

    def unchanged(self, name, text, tex):
        for what, change in TRANSFORMS.items():
            changed = change(text)
            self.changed[what] = self.changed.get(what, 0) + (changed != text)
            other = self.tex(changed)
            self.check(f"{name}: {what}", checks.differences("before", tex, other, 0))


def frame_lines():
    """The lines of the templates that stand for themselves."""
    frames = [path.read_text(encoding="utf-8") for path in (ROOT / "latex-templates").glob("*/*.tex")]
    return {line for frame in frames for line in frame.splitlines() if "<<" not in line}


def shortened(tex):
    """The body, and of what stands before it the lines that are neither the frame's nor fixed requirements."""
    fixed = frame_lines()
    requirements = {line.split("\t", 1)[1] for line in (ROOT / "latex-templates/requirements.tsv").read_text(encoding="utf-8").splitlines()
                    if "\t" in line and not line.startswith("#")}
    lines, blank = [], False
    preamble, begin, body = tex.partition("\\begin{document}\n")
    for line in preamble.splitlines():
        if line in requirements or (line in fixed and line.strip()):
            continue
        if line.strip() or (lines and not blank):
            lines.append(line)
        blank = not line.strip()
    return "\n".join(lines).strip() + "\n\n" + begin + body


def main():
    arguments = checks.arguments(__doc__, (("--bless",), {"action": "store_true", "help": "rewrite the golden files"}))
    files = {path.parent.name: path for path in sorted(ROOT.glob("cv-data/*/cv.xml"))}
    files.update({path.stem: path for path in sorted(ROOT.glob("examples/*.xml"))})
    with tempfile.TemporaryDirectory() as temporary:
        suite = Suite(arguments.cvgen, pathlib.Path(temporary), arguments.bless)
        for name, path in files.items():
            text = path.read_text(encoding="utf-8")
            tex = suite.tex(text)
            if tex.startswith("cvgen failed"):
                suite.holds(f"{name}: renders", False, tex)
                continue
            suite.golden(name, tex)
            suite.unchanged(name, text, tex)
            suite.holds(f"{name}: twice", tex == suite.tex(text))
        names = [f"{name}.{template}" for template, some in TEMPLATES.items() for name in some]
        for name in names:
            example, template = name.rsplit(".", 1)
            suite.golden(name, suite.tex(files[example].read_text(encoding="utf-8"), "--template", template))
        suite.golden("letter.engines", suite.tex(files["letter"].read_text(encoding="utf-8"), "--letter", "engines"))
        if not arguments.bless:
            known = {f"{name}.tex" for name in [*files, *names, "letter.engines"]}
            stray = sorted(path.name for path in HERE.glob("*.tex") if path.name not in known)
            suite.holds("no golden without its CV", not stray, ", ".join(stray))
        text = files["special-characters"].read_text(encoding="utf-8")
        tex = suite.tex(text)
        for what, environment in {"TZ": {"TZ": "Pacific/Kiritimati"}, "LANG": {"LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"}, "LC_ALL": {"LC_ALL": "C"},
                                  "SOURCE_DATE_EPOCH": {"SOURCE_DATE_EPOCH": "0"}, "COLUMNS": {"COLUMNS": "20", "NO_COLOR": "1"}}.items():
            suite.holds(f"environment: {what}", tex == suite.tex(text, **environment))
        suite.holds("environment: folder", tex == suite.tex(text, cwd="/"))
        (suite.folder / "sub").mkdir()
        suite.holds("environment: relative name", tex == suite.run("../cv.xml", cwd=suite.folder / "sub"))
        # The guard: the transformations change files, and a change is noticed.
        for what in TRANSFORMS:
            suite.holds(f"guard: {what} changes the files", suite.changed.get(what, 0) >= len(files) - 3)
        before = len(suite.failures)
        changed = suite.tex(text.replace("Publications", "publications").replace("office", "offices", 1))
        suite.holds("guard: a changed word changes the LaTeX", changed != tex and len(suite.failures) == before)
        suite.holds("guard: a golden holds the body", "\\cvpublication" in shortened(tex) and "\\documentclass" not in shortened(tex).splitlines()[1:])
    return suite.end()


if __name__ == "__main__":
    sys.exit(main())
