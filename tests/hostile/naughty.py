"""Strings in fields: packed into few documents, each string is either refused at its place before TeX starts, or printed."""

import collections
import json
import random
import re
import shutil
import unicodedata

import fields
import pdf
import strings

LOOKS = {**{style: ("--template", "moderncv", "--set", f"style={style}") for style in ("banking", "casual", "classic", "oldstyle", "fancy")},
         **{template: ("--template", template) for template in ("academic", "compact", "modern", "sidebar")}}


class Packed:
    """A CV with a string in each field; those that are refused get their own value back."""

    def __init__(self, pieces, assigned):
        self.pieces = pieces
        self.assigned = dict(assigned)  # number of the piece -> (string, how it is written)

    def bytes(self):
        out, self.places = bytearray(), {}
        for number, piece in enumerate(self.pieces):
            if isinstance(piece, bytes):
                out += piece
                continue
            text = fields.escaped(*self.assigned[number]) if number in self.assigned else piece.value
            self.places[number] = (len(out) if piece.attribute else out.rfind(b"<"), len(out) + len(text))
            out += text
        return bytes(out)

    def at(self, offset):
        """The number of the string that an offset belongs to; of an element's text, so does its start tag."""
        return next((number for number in self.assigned if self.places[number][0] <= offset <= self.places[number][1]), None)


def pack(pieces, members, turn, rng):
    """The strings of one document: over as many turns as there are strings, each gets into each field."""
    places = [number for number, piece in enumerate(pieces) if isinstance(piece, fields.Field)]
    assigned = {}
    for i, number in enumerate(places):
        text = members[(turn + i) % len(members)][1]
        how = rng.choice(("plain", "references", "CDATA") if not pieces[number].attribute else ("plain", "references"))
        try:
            text.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            how = "plain"
        assigned[number] = (text, how)
    return Packed(pieces, assigned)


def unjustified(field, text, code):
    """Whether a refusal has no reason that we can see."""
    try:
        plain = unicodedata.normalize("NFC", text.decode())
    except UnicodeDecodeError:
        return False
    if not field.free or not fields.squeezed(plain):
        return False
    lone = any(unicodedata.combining(c) and before in ("", " ") for before, c in zip(["", *plain], plain))
    crowded = re.search("[\u0300-\u036f]{31}", plain) is not None
    return not lone and not crowded and all(ord(c) in fields.PRINTABLE or c in " \t\r\n" for c in plain) and plain.strip(" \t\r\n") != ""


def settle(suite, label, packed, path):
    """Takes out what is refused, until the CV is valid. False: that doesn't end."""
    for _ in range(40):
        source = packed.bytes()
        path.write_bytes(source)
        done = suite.cvgen("validate", "--diagnostics=json", path)
        diagnostics = [json.loads(line) for line in done.stderr.split("\n") if line]
        errors = [diagnostic for diagnostic in diagnostics if diagnostic["severity"] == "error"]
        if not errors:
            return suite.check(f"{label}: valid", [] if done.returncode == 0 else f"exit code {done.returncode}, {done.stderr}")
        refused, problems, stray = {}, [], []
        for error in errors:
            places = [one["offset"] for one in error["labels"]]
            numbers = [number for number in map(packed.at, places) if number is not None]
            if numbers:
                refused.setdefault(numbers[0], (error, places[0]))
            else:
                stray.append(f"{error['code']} {error['message']}, at none of the strings: {places} {source[places[0] - 40:places[0] + 40] if places else ''}")
        for number, (error, offset) in refused.items():
            text, how = packed.assigned.pop(number)
            field = suite.pieces[number]
            suite.count("refused", field, text)
            if unjustified(field, text, error["code"]):
                problems.append(f"{field}: {text!r} refused: {error['code']} {error['message']}")
            if error["code"] == "E0310" and how == "plain" and (c := source[offset:offset + 4].decode("utf-8", "ignore")[:1]) and \
                    ord(c) in fields.PRINTABLE and not re.search("[\u0300-\u036f]", text.decode("utf-8", "replace")):
                problems.append(f"{field}: {text!r} refused at {c!r}, which can be printed")
        # What is left of a faulty file may have faults of its own: they must go with it.
        if not suite.check(f"{label}: refused where it is", problems + ([] if refused else stray)) and not refused:
            return False
    return suite.check(f"{label}: refused", "errors after forty rounds")


def missing(packed, pieces, path):
    """What was let through and is not to be found: (number of the piece, field, string)."""
    pages = int(pdf.info(path)["Pages"])
    text = folded(re.sub(rf"(?m)(^|\s)\d+/{pages}$", "", pdf.text(path, "-raw")))
    whole, short = collections.Counter(), fields.without_hyphens(text)
    links = {unquoted(address) for address in pdf.Objects(path).links()[0]}
    keywords = folded(pdf.info(path).get("Keywords", ""))
    for number, (string, _) in packed.assigned.items():
        field, plain = pieces[number], folded(string.decode())
        where = field.shown()
        if re.search("[\u0590-\u08ff]", plain):
            continue  # pdftotext gives the letters of each line in an order of its own
        if where == "link" and not string.strip().startswith(b"#") and unquoted(string.decode().strip()) not in links:
            yield number, field, string
        elif where == "keywords" and plain not in keywords:
            yield number, field, string
        elif where == "page":
            whole[plain] += 1
            # A line may end at a hyphen, with one more or without: then only the rest is compared.
            if text.count(plain) < whole[plain] and not (len(plain) > 20 and (short.count(fields.without_hyphens(plain)) >= whole[plain] or in_parts(plain, text))):
                yield number, field, string


def folded(text):
    """Ligatures that are one character read back as their letters."""
    return re.sub("[\ufb00-\ufb06\u0132\u0133]", lambda m: unicodedata.normalize("NFKC", m[0]), fields.squeezed(text))


def in_parts(plain, text):
    """Whether a long word goes on after what stands between two pages."""
    end = next((end for end in range(len(plain), 5, -1) if plain[:end] in text), 0)
    return end > 5 and plain[end:] in text[text.index(plain[:end]) + end:]


def unquoted(address):
    return re.sub("%([0-9A-Fa-f]{2})", lambda m: bytes.fromhex(m[1]).decode("latin-1"), address.encode().decode("latin-1")).replace("\\", "/")


def document(suite, members, turn, look, engine):
    label = f"strings {turn} in {look}, {engine}"
    rng = random.Random(turn)
    packed = pack(suite.pieces, members, turn, rng)
    folder = suite.folder(f"naughty-{turn}-{look}-{engine}")
    path, output = folder / "cv.xml", folder / "cv.pdf"
    (folder / "everything.png").write_bytes((fields.ROOT / "examples/everything.png").read_bytes())
    if not settle(suite, label, packed, path):
        return
    # What this engine can't set, or no font that is installed, is refused as well.
    while True:
        done = suite.cvgen("render", path, "-o", output, "--variant", "first", "--diagnostics=json", "--engine", engine, *LOOKS[look])
        diagnostics = [json.loads(line) for line in done.stderr.split("\n") if line.startswith("{")]
        numbers = {packed.at(diagnostic["labels"][0]["offset"]) for diagnostic in diagnostics if diagnostic["code"] in ("E0310", "E0710") and diagnostic["labels"]}
        if not numbers - {None}:
            break
        for number in numbers - {None}:
            suite.count("refused", suite.pieces[number], packed.assigned.pop(number)[0])
        path.write_bytes(packed.bytes())
    problems = [diagnostic["message"] for diagnostic in diagnostics if diagnostic["severity"] == "error" or not diagnostic["labels"]]
    if not suite.check(f"{label}: renders", problems or ([] if done.returncode == 0 else f"exit code {done.returncode} {done.stderr}")):
        for diagnostic in diagnostics:
            for one in diagnostic["labels"]:
                number = packed.at(one["offset"])
                if number is not None:
                    suite.count("failed", suite.pieces[number], packed.assigned[number][0])
        return
    # Too wide, or not in this font: said, with the place.
    source = packed.bytes()
    reported = [(one["offset"], source.find(b"</" + source[one["offset"]:one["offset"] + one["length"]] + b">", one["offset"]))
                for diagnostic in diagnostics if diagnostic["code"] in ("W0701", "W0702") for one in diagnostic["labels"]]
    lost = []
    for number, field, string in missing(packed, suite.pieces, output):
        begin, end = packed.places[number]
        if any(begin < last and first < end for first, last in reported):
            suite.count("reported", field, string)
        else:
            lost.append((field, string))
    for number, (string, _) in packed.assigned.items():
        suite.count("printed", suite.pieces[number], string)
    for field, string in lost:
        suite.count("lost", field, string)
    suite.check(f"{label}: printed exactly", [f"{field}: {string!r}" for field, string in lost])


def tasks(suite, every, seed):
    members = list(strings.strings())
    random.Random(7).shuffle(members)
    turns = range(len(members)) if every else random.Random(seed).sample(range(len(members)), len(LOOKS))
    for i, turn in enumerate(turns):
        look = list(LOOKS)[i % len(LOOKS)]
        yield lambda turn=turn, look=look: document(suite, members, turn, look, "pdflatex")
        if shutil.which("lualatex") and (every or i < 2):
            yield lambda turn=turn, look=look: document(suite, members, turn, look, "lualatex")
