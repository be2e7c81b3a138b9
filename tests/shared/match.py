"""Looks for the words of a CV in the text of its PDF."""

import collections
import re
import unicodedata

from expect import SCRIPT

SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
NOTHING = "\u00ad\u200b\u200c\u2060"
BREAKABLE = "-–—/‑\u00ad"
EDGES = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~“”‘’„‚«»‹›…–—•·"


def tidy(text):
    """One blank for many, so that columns don't matter."""
    lines = (re.sub(f"[ {SPACES}]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def pattern(text, mode):
    """Allows line breaks where they may be, and nothing else."""
    out = []
    for c in text:
        if c == " " or c in SPACES:
            out.append(r"\s+" if c != "\u200a" else r"\s*")
        elif c == SCRIPT:
            out.append(r"\s*")
        elif c in NOTHING:
            out.append("(?:\u00ad|-)?\\s*" if c == "\u00ad" else r"\s*")
        elif c in BREAKABLE:
            # poppler takes a hyphen at the end of a line for hyphenation, and it away
            out.append(r"(?:%s\n?|)" % re.escape(c) if c == "-" and mode == "" else re.escape(c) + r"\n?")
        else:
            out.append(re.escape(c))
    return re.compile("".join(out).replace(r"\s+\s+", r"\s+"))


def bounded(word, mode):
    """A word that is not part of a longer one."""
    return re.compile(("(?<!\\w)" if word[:1].isalnum() else "") + pattern(word, mode).pattern + ("(?!\\w)" if word[-1:].isalnum() else ""))


class Page:
    """The text of a PDF as one of pdftotext's modes gives it."""

    def __init__(self, text, mode, ordered=True):
        self.mode = mode
        self.ordered = ordered and mode != ""  # what stands in a column of its own is elsewhere in the text
        self.text = tidy(text)
        self.loose = 0

    def find(self, wanted, start=0, end=None):
        """Where a text stands; its words may be parted by what stands beside it in another column."""
        end = len(self.text) if end is None else min(end, len(self.text))
        found = pattern(wanted, self.mode).search(self.text, start, end)
        if found:
            return found.span()
        words = wanted.split()
        if not words:
            return (start, start)
        for first in pattern(words[0].split(SCRIPT)[0], self.mode).finditer(self.text, start, end):
            position = self.follow(words, first.start(), end)
            if position:
                self.loose += 1
                return (first.start(), position)
        return None

    def follow(self, words, position, end):
        """The end of words that follow one another, not always closely; sub- and superscripts may go astray a little."""
        for word in words:
            main, *astray = word.split(SCRIPT)
            found = bounded(main, self.mode).search(self.text, position, min(end, position + 300))
            if not found:
                return None
            near = self.text[max(0, position - 200):position + 400]
            if not all(piece in near for piece in astray):
                return None
            position = found.end()
        return position


def words(text):
    """The words of a text without the punctuation at their edges, counted."""
    text = re.sub(f"[^ ]*{SCRIPT}[^ ]*", " ", text)  # pdftotext sets them apart at will
    text = unicodedata.normalize("NFC", text).replace("\n", " ")
    for c in SPACES:
        text = text.replace(c, " ")
    for c in NOTHING:
        text = text.replace(c, "")
    parts = re.split("[ /\u2013\u2014-]+", text)
    return collections.Counter(word for word in (part.strip(EDGES) for part in parts) if word)


def bullet(page, depth, text, start, end=None):
    """Where a bullet stands with its mark on the same line."""
    mark = "–" if depth == 2 else "•"
    found = re.compile(f"(?<![^\\s]){mark} ?" + pattern(text, page.mode).pattern).search(page.text, start, len(page.text) if end is None else end)
    if found:
        return found.span()
    # What stands in another column may part its lines, but not the mark from the first word.
    first = pattern(text.split()[0], page.mode).pattern
    for candidate in re.compile(f"{mark} ?" + first).finditer(page.text, start):
        whole = page.find(text, candidate.start())
        if whole and whole[0] <= candidate.start() + 3:
            return (candidate.start(), whole[1])
    return None


def compare(cv, page):
    """What is missing or out of place, as a list of complaints."""
    missing = []
    if page.mode != "-layout" and not pattern(cv.name, page.mode).match(page.text):
        missing.append(f"the name is not the first: {page.text[:60]!r}")
    if page.find(cv.name) is None:
        missing.append(f"name {cv.name!r}")
    for text in cv.head:
        if page.find(text.text) is None:
            missing.append(f"contact {text.text!r}")
    cursor = 0
    for section in cv.sections:
        found = page.find(section.title, cursor)
        if found is None:
            missing.append(f"section title {section.title!r}")
        elif page.ordered and len(section.title) > 5:
            cursor = found[0]
        for item in section.items:
            size = sum(len(part.text) for part in item.parts) + sum(len(text) for _, text in item.bullets)
            # The entry must be hereabouts.
            start, limit = (max(0, cursor - 300), cursor + 4 * size + 2000) if page.ordered else (0, None)
            at = cursor
            for part in item.parts:
                found = page.find(part.text, start, limit)
                if found is None:
                    missing.append(f"{item.name}: {part.text!r}")
                elif page.ordered and len(part.text) > 12 and not part.date:
                    at = max(at, found[0])
            cursor = max(cursor, at)
            at = cursor
            for depth, text in item.bullets:
                found = bullet(page, depth, text, at)
                if found is None:
                    missing.append(f"{item.name}: bullet {text!r}" + (" out of order or without its mark" if page.find(text) else ""))
                else:
                    at = found[0] + 1
                    if page.ordered and len(text) > 12:
                        cursor = max(cursor, at)
    # Whatever was found twice for want of order, each word must be there as often as in the file.
    joined = re.sub("-\n", "-", page.text)
    have = words(joined)
    if page.mode:
        for word, count in words(" ".join(text.text for text in cv.texts())).items():
            if have[word] < count and joined.count(word) < count:
                missing.append(f"word {word!r}: {have[word]} times instead of {count}")
    return missing
