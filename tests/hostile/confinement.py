"""The confinement of TeX by the kernel: what native code, Lua and TeX of others reach, in a program that has been taken over, in a
template for either engine, and with the kernel's help taken away."""

import os
import pathlib
import shutil
import stat
import subprocess

import assault
import attacks
import pdf

# In Lua, with what TeX lets it have. Each says what it got; none may have anything to say.
LUA = {
    "read": "tex.sprint(io.open('CANARY'):read('*a'))",
    "read by lines": "for line in io.lines('CANARY') do tex.sprint(line) end",
    "read by the back door of kpathsea": "tex.sprint(io.open(kpse.find_file('CANARY') or 'CANARY'):read('*a'))",
    "load": "tex.sprint(tostring(select(2, loadfile('CANARY'))))",
    "run a file": "dofile('CANARY')",
    "bytes of a picture": "local i = img.scan{filename='CANARY'} tex.sprint(tostring(i.objnum))",
    "an object of the PDF": "pdf.immediateobj('streamfile', 'CANARY')",
    "an object of a file": "pdf.refobj(pdf.obj{type='stream', file='CANARY'})",
    "write": "io.open('TARGET', 'w'):write('x')",
    "append": "io.open('CANARY', 'a'):write('x')",
    "output of TeX": "texio.setescape(0) io.output('TARGET') io.write('x')",
    "make a folder": "assert(lfs.mkdir('TARGET'))",
    "a link that cvgen would follow": "os.remove('cv.aux') lfs.link('CANARY', 'cv.aux', true) lfs.link('CANARY', 'cv.toc', true) lfs.link('CANARY', 'made.pdf', true)",
    "rename": "assert(os.rename('CANARY', 'TARGET'))",
    "remove": "assert(os.remove('CANARY'))",
    "change its times": "assert(lfs.touch('CANARY'))",
    "run": "os.execute('touch TARGET')",
    "run with a pipe": "io.popen('touch TARGET'):close()",
    "spawn": "os.spawn{'/usr/bin/touch', 'TARGET'}",
    "become another program": "os.exec{'/usr/bin/touch', 'TARGET'}",
    "native code": "local ffi = require('ffi') ffi.cdef'int system(const char *);' ffi.C.system('touch TARGET')",
    "a library": "package.loadlib('libc.so.6', '*')",
    "a module of its own": "package.cpath = '/tmp/?.so' package.path = 'CANARY' require('canary')",
}


def confined(suite):
    """Whether the kernel has what it takes; `cvgen doctor` says so."""
    return "confinement of TeX: files (Landlock) and system calls (seccomp)" in suite.cvgen("doctor").stdout


class Victim:
    """A home with a secret in it, and a pdflatex that is not what it seems."""

    def __init__(self, suite, name):
        self.suite = suite
        self.folder = suite.folder(name)
        self.home, self.bin = self.folder / "home", self.folder / "bin"
        for folder in (self.home, self.home / "texmf", self.bin):
            folder.mkdir(exist_ok=True)
        (self.home / "canary").write_text(assault.SECRET)
        (self.home / "texmf" / "own").write_text("own")
        (self.folder / "cv.xml").write_text(attacks.DOCUMENT % "X")
        self.environment = {"HOME": str(self.home), "PATH": f"{self.bin}:{os.environ['PATH']}", "CVGEN_CACHE_SIZE": "0", "TEXMFHOME": str(self.home / "texmf")}

    def state(self):
        return {str(path): (path.lstat().st_mode, path.lstat().st_mtime_ns, path.is_file() and path.read_bytes()) for path in self.home.rglob("*")}

    def engine(self, source):
        program = self.bin / "pdflatex"
        if isinstance(source, pathlib.Path):
            shutil.copy(source, program)
        else:
            program.write_text(source)
        program.chmod(0o755)

    def report(self, *before, **environment):
        out = self.folder / "out.pdf"
        out.unlink(missing_ok=True)
        done = subprocess.run([*before, self.suite.program, "render", "cv.xml", "-o", out], cwd=self.folder, env={**os.environ, **self.environment, **environment}, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        if not out.exists():
            return {"the run": done.stderr.decode("utf-8", "replace")}
        return {line.rsplit(": ", 1)[0]: line.rsplit(": ", 1)[1] for line in out.read_text().splitlines() if ": " in line}


def native(suite, intruder, strace):
    """A program that has been taken over reaches nothing."""
    victim = Victim(suite, "native")
    victim.engine(intruder)
    before = victim.state()
    report = victim.report()
    for attack, result in report.items():
        suite.tally["attacks by native code"] += 1
        suite.check(f"native code: {attack}", [] if (result == "got") == attack.startswith("own: ") and (result == "got" or result.startswith("refused")) else result)
    suite.check("native code: all was tried", [] if len(report) > 60 else f"{len(report)} only: {report}")
    suite.check("native code: the home is as it was", [] if victim.state() == before else f"{victim.state()}")
    # With nothing in its way it gets all of that, so that the test proves something.
    (victim.home / "gentle").write_text("")
    report = victim.report(CVGEN_SANDBOX="off")
    suite.check("guard: native code that nothing confines", [f"{attack}: {result}" for attack, result in report.items() if result != "got"] or ([] if len(report) > 20 else str(report)))
    if strace:
        # As on a kernel without Landlock: files are open, the rest is not, and cvgen says so.
        shutil.rmtree(victim.home)
        victim = Victim(suite, "native")
        (victim.home / "gentle").write_text("")
        old = [strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=landlock_create_ruleset", "-e", "inject=landlock_create_ruleset:error=ENOSYS"]
        report = victim.report(*old)
        suite.check("without Landlock", [f"{attack}: {result}" for attack, result in report.items() if (attack in ("files: read", "files: write")) > (result == "got") or (attack.startswith("network") and result == "got")] or ([] if len(report) > 20 else str(report)))
        doctor = subprocess.run([*old, suite.program, "doctor"], capture_output=True, text=True, timeout=60).stdout
        if shutil.which("lualatex"):
            words = template(suite, "x", "lualatex", "", victim.folder)
            said = subprocess.run([*old, suite.program, *words], cwd=victim.folder, capture_output=True, text=True, timeout=60).stderr
            suite.check("without Landlock: a template's Lua is warned of", [] if "warning[W0601]: Lua in the template `bad` could read and write your files" in said else said)
        suite.check("without Landlock: doctor", [] if "missing  confinement of TeX: only of system calls (seccomp)" in doctor else doctor)


def script(suite):
    """Where pdflatex is a script, it may start the programs of the system, which are confined as it is."""
    victim = Victim(suite, "script")
    victim.engine("""#!/bin/sh
try() { name=$1; shift; if "$@" > /dev/null 2>&1; then echo "$name: got"; else echo "$name: refused"; fi; }
{ echo %PDF-report
try "own: a program" /usr/bin/env true
try "own: a file" cp /bin/true own
try "read" cat "$HOME/canary"
try "write" touch "$HOME/made"
try "link" ln -s "$HOME/canary" link
try "permissions" chmod 666 "$HOME/canary"
cp /bin/true program 2> /dev/null; chmod +x program 2> /dev/null
try "a program of its own" ./program
try "signal" kill -0 "$PPID"
} > cv.pdf
echo 'Output written on cv.pdf (1 page, 10 bytes).' > cv.log
""")
    before = victim.state()
    report = victim.report()
    for attack, result in report.items():
        suite.check(f"script: {attack}", [] if (result == "got") == attack.startswith("own: ") else result)
    suite.check("script: all was tried", [] if len(report) == 8 else str(report))
    suite.check("script: the home is as it was", [] if victim.state() == before else f"{victim.state()}")


def template(suite, name, engine, code, folder):
    looks = folder / "templates"
    shutil.rmtree(looks / "bad", ignore_errors=True)
    suite.cvgen("init-template", "bad", "--from", "compact", "--template-dir", looks, "-q")
    preamble = looks / "bad" / "preamble.tex"
    preamble.write_text(preamble.read_text().replace("\\begin{document}", f"\\begin{{document}}\n{code}\n", 1))
    return ("render", "cv.xml", "-o", "a.pdf", "--template", "bad", "--template-dir", "templates", "--engine", engine)


def lua(suite, outside, every):
    """A template of others in lualatex."""
    folder = suite.folder("lua")
    (folder / "cv.xml").write_text(attacks.DOCUMENT % "X")
    canary = outside.canary.read_bytes()
    codes = {f"Lua: {name}": "\\directlua{%s}" % code for name, code in LUA.items()}
    codes |= {f"TeX: {text}": text for text in (attacks.TEX if every else attacks.TEX[::9])}
    # All in one too, each on its own feet.
    codes["Lua: one after the other"] = "\\directlua{%s}" % " ".join(f"pcall(function() {code} end)" for name, code in LUA.items() if name != "become another program")
    for name, code in codes.items():
        done = suite.cvgen(*template(suite, name, "lualatex", outside.aim(code), folder), folder=folder)
        suite.tally["attacks by templates in lualatex"] += 1
        suite.check(f"template in lualatex, {name}", outside.harm(folder / "templates") + outside.harm(folder, done) + ([] if outside.canary.read_bytes() == canary else ["the canary was changed"])
                    + ([] if done.returncode in (0, 1, 3) else [f"exit code {done.returncode}"]))
        (folder / "a.pdf").unlink(missing_ok=True)


def hole(suite):
    """With the sandbox off, the same attacks do harm, and it is noticed."""
    inside = suite.folder("hole")
    bait, work = inside / "bait", inside / "work"
    bait.mkdir()
    (bait / "canary.txt").write_text(assault.SECRET)
    work.mkdir()
    (work / "cv.xml").write_text(attacks.DOCUMENT % "X")
    for attack in ("read", "write"):
        code = LUA[attack].replace("CANARY", str(bait / "canary.txt")).replace("TARGET", str(bait / "target"))
        done = suite.cvgen(*template(suite, attack, "lualatex", "\\directlua{%s}" % code, work), folder=work, environment={"CVGEN_SANDBOX": "off"})
        read = (work / "a.pdf").exists() and assault.SECRET.replace(" ", "") in "".join(pdf.tool("pdftotext", "-raw", work / "a.pdf", "-")[1].decode("utf-8", "replace").split())
        suite.check(f"guard: Lua that nothing confines, {attack}", [] if (read if attack == "read" else (bait / "target").exists()) else f"not noticed: {done.stderr}")


def poison(suite):
    """No template leaves anything in the cache that others would run: formats, what is kept of fonts, records."""
    folder = suite.folder("poison")
    (folder / "cv.xml").write_text(attacks.DOCUMENT % "X")
    (folder / "greek.xml").write_text('<cv version="1" lang="en"><person><name family="X"/><headline>Ελληνικά</headline></person></cv>')
    environment = {"XDG_CACHE_HOME": str(folder / "cache")}
    for cv in ("cv.xml", "greek.xml"):
        done = suite.cvgen("render", cv, "-o", "good.pdf", folder=folder, environment=environment)
        suite.check(f"poison: {cv} renders", [] if done.returncode == 0 else done.stderr)
    home = folder / "cache/cvgen/1"
    suite.check("poison: fonts are kept", [] if any((home / "fonts").rglob("*.lu*")) else "nothing to poison")

    def state():
        return {str(path): path.read_bytes() if path.is_file() else stat.S_IFMT(path.lstat().st_mode) for kind in ("fonts", "formats") for path in sorted((home / kind).rglob("*")) if not path.is_symlink()}

    before = state()
    code = """local function spoil(folder) for name in lfs.dir(folder) do if name:sub(1, 1) ~= '.' then local path = folder .. '/' .. name
if lfs.isdir(path) then spoil(path) else local file = io.open(path, 'w') if file then file:write('return {}') file:close() end os.remove(path) end end end
local new = io.open(folder .. '/made', 'w') if new then new:write('x') new:close() end end
for _, kind in ipairs{'fonts', 'formats', 'records'} do pcall(spoil, '%s/' .. kind) end""" % home
    done = suite.cvgen(*template(suite, "poison", "lualatex", "\\directlua{%s}" % code.replace("\n", " ").replace("~", "\\string~"), folder), folder=folder, environment=environment)
    suite.check("poison: the template renders", [] if done.returncode == 0 else done.stderr)
    after = state()
    suite.check("poison: the cache is as it was", [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)])


def readers(suite):
    """poppler, which draws pages and reads PDFs of anybody, is confined too."""
    victim = Victim(suite, "readers")
    leak = """#!/bin/sh
for last; do :; done
{ cat "$HOME/canary" "%s/canary"; touch "%s/made"; } > "$last" 2>&1
exit 0
""" % (victim.home, victim.home)
    (victim.bin / "pdftotext").write_text(leak)
    (victim.bin / "pdftoppm").write_text(leak.replace('"$last"', '"$last-1.png"'))
    for program in ("pdftotext", "pdftoppm"):
        (victim.bin / program).chmod(0o755)
    before = victim.state()
    made = suite.cvgen("render", "cv.xml", "-o", "a.pdf", folder=victim.folder)
    suite.check("readers: renders", [] if made.returncode == 0 else made.stderr)
    drawn = suite.cvgen("render", "cv.xml", "-o", "a.png", folder=victim.folder, environment=victim.environment)
    read = suite.cvgen("check", "a.pdf", "--against", "cv.xml", folder=victim.folder, environment=victim.environment)
    said = drawn.stderr + read.stdout + read.stderr + "".join(path.read_bytes().decode("latin-1") for path in victim.folder.glob("a*.png"))
    suite.check("readers: nothing is read", [] if assault.SECRET not in said else said)
    suite.check("readers: nothing is written", [] if victim.state() == before else f"{victim.state()}")


def tasks(suite, every, intruder):
    outside = assault.Outside(suite, "outside-templates")
    strace = shutil.which("strace")
    if strace and subprocess.run([strace, "-qq", "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        strace = None
    if not confined(suite):
        print("NOT TESTED: this kernel can't confine TeX to files (see `cvgen doctor`)")
        return
    if intruder:
        yield lambda: native(suite, pathlib.Path(intruder), strace)
    yield lambda: script(suite)
    yield lambda: readers(suite)
    if shutil.which("lualatex"):
        yield lambda: lua(suite, outside, every)
        yield lambda: hole(suite)
        yield lambda: poison(suite)
