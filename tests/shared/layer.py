"""Judges the text that a program got out of a PDF by what the CV says: words lost or broken, things out of order, wrong
characters. Knows no template: parts of an entry may stand in any order, but together."""

import re
import unicodedata
from dataclasses import dataclass, field

from expect import SCRIPT
from match import NOTHING, SPACES

HYPHENS = "-\u2010\u2011\u00ad"  # at the end of a line some extractors take them for hyphenation, and away
BREAKS = "-–—/\u2010\u2011\u00ad"  # after which a line may end
MARKS = "•◦▪·–‣∙○■□●*"  # of bullets
CLOSING = ")]},.;:!?”»"
FAR = 500  # characters
PERSON = -1  # the entry that contacts belong to: at the foot or beside the text, they part nothing


def normal(text):
    text = unicodedata.normalize("NFC", text)
    for c in SPACES:
        text = text.replace(c, " ")
    return "".join(c for c in text if c not in NOTHING or c in HYPHENS)


@dataclass
class Stream:
    """The visible characters of a text, hyphens left out, and what stood before each: nothing, `-`, a blank, a line break."""
    text: str = ""
    before: list = field(default_factory=list)

    @staticmethod
    def of(text):
        out, before, gap = [], [], ""
        for c in normal(text):
            if c in "\n\f\r":
                gap += "\n"
            elif c.isspace():
                gap += " "
            elif c in HYPHENS:
                gap += "-"
            elif c == SCRIPT:
                gap += SCRIPT
            else:
                for letter in ligature(c):
                    out.append(letter)
                    before.append(gap)
                    gap = ""
        before.append(gap)
        return Stream("".join(out), before)


def ligature(c):
    return unicodedata.normalize("NFKC", c) if 0xFB00 <= ord(c) <= 0xFB06 else c


def wide(c):
    return unicodedata.east_asian_width(c) in "WF"


def seam(wanted, have, left, right):
    """What is wrong between two characters of a word or text."""
    blank, parted = " " in wanted or "\n" in wanted, " " in have or "\n" in have
    if SCRIPT in wanted or blank and parted:
        return ""
    if blank:
        return "joined"
    if parted and ("-" in wanted or left in BREAKS or wide(left) or wide(right)):
        return ""
    if parted:
        return "hyphenated" if "-" in have else "split"
    return "hyphenated" if "-" in have and "-" not in wanted else ""


@dataclass
class Field:
    entry: int
    text: str
    bullet: bool = False
    pieces: list = field(default_factory=list)  # (begin, end) in the stream


@dataclass
class Report:
    words: int = 0
    lost: list = field(default_factory=list)    # words that are not there
    broken: list = field(default_factory=list)  # words that are there, but hyphenated, split or joined
    order: list = field(default_factory=list)   # what stands apart from where it belongs
    strange: list = field(default_factory=list)  # characters that nobody wrote

    def total(self):
        return len(self.lost) + len(self.broken), len(self.order), len(self.strange)


class Judge:
    def __init__(self, cv, text):
        self.raw = text
        self.stream = Stream.of(text)
        self.used = bytearray(len(self.stream.text))
        self.report = Report()
        self.fields, self.names, self.sections = [], [], []
        self.collect(cv)

    def collect(self, cv):
        self.cv = cv
        self.add(PERSON, cv.name)
        for text in cv.head:
            self.add(PERSON, text.text)
        for number, section in enumerate(cv.sections):
            self.entry(number, section.title or "(untitled)")
            if section.title:
                self.add(len(self.names) - 1, section.title)
            for item in section.items:
                texts = [part.text for part in item.parts]
                self.entry(number, (texts + [text for _, text in item.bullets] + ["?"])[0])
                for text in texts:
                    self.add(len(self.names) - 1, text)
                for _, text in item.bullets:
                    self.add(len(self.names) - 1, text, bullet=True)

    def entry(self, section, name):
        self.names.append(name)
        self.sections.append(section)

    def add(self, entry, text, bullet=False):
        if Stream.of(text).text:
            self.fields.append(Field(entry, text, bullet))

    # --- where things are

    def free(self, begin, end):
        return not any(self.used[begin:end])

    def bounded(self, begin, end):
        """Whether it begins and ends where words do."""
        text, before = self.stream.text, self.stream.before
        gap = before[begin].strip(SCRIPT) or begin == 0
        left = gap or not (text[begin].isalnum() and (text[begin - 1].isalnum() or text[begin - 1] in CLOSING)) or wide(text[begin])
        right = end == len(text) or before[end] or not (text[end - 1].isalnum() and text[end].isalnum()) or wide(text[end])
        return bool(left and right)

    def seams(self, wanted, begin):
        text, before = self.stream.text, self.stream.before
        return [bad for i in range(1, len(wanted.text)) if (bad := seam(wanted.before[i], before[begin + i], text[begin + i - 1], text[begin + i]))]

    def occurrences(self, wanted, sound):
        at = self.stream.text.find(wanted.text)
        while at >= 0:
            end = at + len(wanted.text)
            if self.free(at, end) and (not sound or self.bounded(at, end) and not self.seams(wanted, at)):
                yield at, end
            at = self.stream.text.find(wanted.text, at + 1)

    def nearest(self, wanted, near, forward=False, sound=True):
        """The free occurrence nearest to one of some ranges, or going forward from them; of two as near the one before."""
        def distance(found):
            if forward:
                return (found[0] < near[-1][1], abs(found[0] - near[-1][1]))
            return (self.distance(found, near) // 3, found[0])
        return min(self.occurrences(wanted, sound), key=distance, default=None)

    @staticmethod
    def distance(found, near):
        return min(max(found[0] - end, begin - found[1], 0) for begin, end in near)

    def take(self, field_, found):
        self.used[found[0]:found[1]] = b"\1" * (found[1] - found[0])
        field_.pieces.append(found)

    def locate(self):
        """Long texts first, since short ones occur inside them; each as near to the rest of its entry as can be, and what is
        far from it last, when it is nobody else's."""
        places = {PERSON: [(0, 0)]}
        for short, far in ((False, False), (True, False), (None, True)):
            cursor = (0, 0)
            entries = {}
            for field_ in self.fields:
                if not field_.pieces and short in (None, len(field_.text.split()) < 3):
                    entries.setdefault(field_.entry, []).append(field_)
            for entry in range(PERSON, len(self.names)):
                for field_ in sorted(entries.get(entry, []), key=lambda f: -len(f.text)):
                    found = self.nearest(Stream.of(field_.text), places.get(entry, [cursor]), forward=entry not in places)
                    if found and (far or entry not in places or entry == PERSON or self.distance(found, places[entry]) < FAR):
                        self.take(field_, found)
                        places.setdefault(entry, []).append(found)
                if entry != PERSON:
                    cursor = max(places.get(entry, [cursor]))
        cursor = (0, 0)
        for field_ in self.fields:
            if not field_.pieces:
                self.by_words(field_, places.get(field_.entry, [cursor]))
            cursor = field_.pieces[-1] if field_.pieces else cursor

    def by_words(self, field_, near):
        """Word by word, for what other text parts, and for what is broken."""
        for word in field_.text.replace(SCRIPT, " ").split():
            wanted = Stream.of(word)
            if not wanted.text:
                continue
            found = self.nearest(wanted, near, forward=bool(field_.pieces))
            bare = Stream.of(word.strip(CLOSING + "([{“„«"))
            if not found and bare.text:  # the word with its punctuation may have served a field without
                found = self.nearest(bare, near)
                wanted = bare if found else wanted
            if not found:
                found = self.nearest(wanted, near, sound=False)
                if not found:
                    self.report.lost.append(word)
                    continue
                self.report.broken.append((word, "/".join(sorted(set(self.seams(wanted, found[0])))) or "joined"))
            self.take(field_, found)
            near = [found]

    # --- order

    def runs(self):
        """Stretches of text of one entry, in the order of the page: [entry, size, texts]."""
        pieces = sorted((begin, end, n) for n, f in enumerate(self.fields) if f.entry != PERSON for begin, end in f.pieces)
        runs = []
        for begin, end, n in pieces:
            entry = self.fields[n].entry
            if not runs or runs[-1][0] != entry:
                runs.append([entry, 0, []])
            runs[-1][1] += end - begin
            runs[-1][2].append(self.fields[n].text)
        return runs

    def order(self, columns):
        faults = self.report.order
        first = self.fields[0].pieces[0][0] if self.fields and self.fields[0].pieces else -1
        if first != 0:
            faults.append(f"the name is not the first, but {self.raw.strip()[:40]!r}")
        main, runs = {}, self.runs()
        for run in runs:
            if run[0] not in main or run[1] > main[run[0]][1]:
                main[run[0]] = run
        for run in runs:
            if main[run[0]] is not run:
                faults.append(f"{run[2][0]!r} stands apart from {main[run[0]][2][0]!r}")
        entries = [run[0] for run in runs if main[run[0]] is run]
        for number in sorted(set(self.sections)):
            inside = [entry for entry in entries if self.sections[entry] == number]
            faults += [f"{self.names[entry]!r} is out of order" for entry in astray(inside)]
        sections = [self.sections[entry] for entry in entries]
        blocks = [s for i, s in enumerate(sections) if i == 0 or sections[i - 1] != s]
        torn = [block for i, block in enumerate(blocks) if block in blocks[:i]]
        faults += [f"section {self.cv.sections[block].title!r} is torn" for block in torn[columns:]]
        descents = [b for a, b in zip(blocks, blocks[1:]) if b < a]
        faults += [f"section {self.cv.sections[b].title!r} comes too late" for b in descents[columns:]]
        self.bullets()

    def bullets(self):
        faults = self.report.order
        last = {}
        for field_ in self.fields:
            if not field_.bullet or not field_.pieces:
                continue
            begin = field_.pieces[0][0]
            if begin < last.get(field_.entry, 0):
                faults.append(f"bullet {field_.text[:30]!r} is out of order")
            last[field_.entry] = max(begin, last.get(field_.entry, 0))
            gap, mark = self.stream.before[begin], self.stream.text[begin - 1] if begin else ""
            if mark in MARKS and "\n" in gap or mark not in MARKS and "\n" not in gap and begin:
                faults.append(f"bullet {field_.text[:30]!r} is not on the line of its mark")

    # --- characters

    def characters(self):
        for c in self.raw:
            if unicodedata.category(c) in ("Co", "Cn", "Cc", "Cs") and c not in "\n\r\f\t" or c == "\ufffd" or 0xFB00 <= ord(c) <= 0xFB06:
                self.report.strange.append(f"U+{ord(c):04X}")
        # Letters and signs that icons were drawn with: left over, and in no text of the CV.
        words = {word for f in self.fields for word in f.text.split()} | {"and", "by"}
        begin = 0
        for word in normal(self.raw).split():
            text = Stream.of(word).text
            if 0 < len(text.strip(CLOSING)) < 3 and word not in words and not re.fullmatch("[0-9/.]+", text) \
                    and not all(c in MARKS + CLOSING + "|(&" for c in text) and self.free(begin, begin + len(text)):
                self.report.strange.append(word)
            begin += len(text)

    def judge(self, columns=0):
        self.locate()
        self.order(columns)
        self.characters()
        self.report.words = sum(len(f.text.split()) for f in self.fields)
        return self.report


def astray(sequence):
    """The members that are not in the longest increasing subsequence."""
    best, before = [], []
    for i, value in enumerate(sequence):
        length, link = max(((best[j] + 1, j) for j in range(i) if sequence[j] < value), default=(1, None))
        best.append(length)
        before.append(link)
    keep, at = set(), max(range(len(sequence)), key=lambda i: best[i], default=None)
    while at is not None:
        keep.add(at)
        at = before[at]
    return [value for i, value in enumerate(sequence) if i not in keep]


def judge(cv, text, columns=0):
    """columns: in how many places the sections may go on in another column, as beside a narrow one."""
    return Judge(cv, text).judge(columns)
