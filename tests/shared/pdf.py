"""Reads a PDF back with tools that know nothing of cvgen: poppler's and qpdf."""

import json
import re
import subprocess


def tool(*command, **options):
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **options)
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")


def text(path, mode=""):
    """The text of all pages; mode is "", "-layout" or "-raw"."""
    words = ["pdftotext", "-enc", "UTF-8", "-nopgbrk"] + ([mode] if mode else []) + [path, "-"]
    code, out, err = tool(*words)
    if code != 0:
        raise RuntimeError(f"pdftotext: {err}")
    return out.decode("utf-8")


def check(path):
    """Complaints of qpdf."""
    code, out, err = tool("qpdf", "--check", path)
    return "" if code == 0 else out.decode("utf-8", "replace") + err


def info(path):
    out = tool("pdfinfo", "-enc", "UTF-8", path)[1].decode("utf-8")
    return {key.strip(): value.strip() for key, value in (line.split(":", 1) for line in out.splitlines() if ":" in line)}


def fonts(path):
    """(name, type, embedded) of every font."""
    lines = tool("pdffonts", path)[1].decode("utf-8").splitlines()[2:]
    result = []
    for line in lines:
        name, rest = line[:36].strip(), line[37:]
        kind = rest[:17].strip()
        result.append((name, kind, rest[17 + 17:].split()[0] == "yes"))
    return result


def images(path):
    """Type and encoding of every image, masks left out."""
    rows = [line.split() for line in tool("pdfimages", "-list", path)[1].decode().splitlines()[2:]]
    return [(row[2], row[8]) for row in rows if row[2] == "image"]


JARS = ["/usr/share/java/" + name + ".jar" for name in ("preflight", "pdfbox2", "xmpbox", "fontbox2", "commons-logging", "javax.activation", "jaxb-api")]


def preflight(path):
    """What Apache PDFBox Preflight has against a file as PDF/A-1b."""
    code, out, err = tool("java", "-cp", ":".join(JARS), "org.apache.pdfbox.preflight.Validator_A1b", path)
    said = out.decode("utf-8", "replace")
    return [] if "is a valid PDF/A-1b file" in said else said.splitlines()[:12] or [err[-2000:]]


class Objects:
    """The document's objects by way of qpdf's JSON."""

    def __init__(self, path):
        code, out, err = tool("qpdf", "--json=2", "--json-key=qpdf", path)
        if code not in (0, 3):
            raise RuntimeError(f"qpdf: {err}")
        self.table = json.loads(out)["qpdf"][1]
        self.catalog = self.get(self.get("trailer")["/Root"])

    def get(self, value):
        while isinstance(value, str) and (value == "trailer" or re.fullmatch("[0-9]+ [0-9]+ R", value)):
            entry = self.table["trailer" if value == "trailer" else "obj:" + value]
            value = entry.get("value", entry.get("stream", {}).get("dict"))
        return value

    @staticmethod
    def string(value):
        if value.startswith("u:"):
            return value[2:]
        if value.startswith("b:"):
            return bytes.fromhex(value[2:]).decode("latin-1")
        return value

    def pages(self, node=None):
        node = self.get(node or self.catalog["/Pages"])
        if node.get("/Type") == "/Page":
            yield node
        for child in self.get(node.get("/Kids", [])):
            yield from self.pages(child)

    def links(self):
        """(addresses, names of inner targets) of all link annotations."""
        addresses, inner = [], []
        for page in self.pages():
            for annotation in self.get(page.get("/Annots", [])) or []:
                annotation = self.get(annotation)
                action = self.get(annotation.get("/A", {}))
                if "/URI" in action:
                    addresses.append(self.string(self.get(action["/URI"])))
                elif action.get("/S") == "/GoTo":
                    inner.append(self.string(self.get(action["/D"])))
                elif "/Dest" in annotation:
                    inner.append(self.string(self.get(annotation["/Dest"])))
        return addresses, inner

    def destinations(self):
        found = {}

        def walk(node):
            node = self.get(node)
            names = self.get(node.get("/Names", []))
            for name, value in zip(names[::2], names[1::2]):
                found[self.string(name)] = self.get(value)
            for child in self.get(node.get("/Kids", [])):
                walk(child)

        tree = self.get(self.catalog.get("/Names", {}))
        if "/Dests" in tree:
            walk(tree["/Dests"])
        return found

    def bookmarks(self):
        found = []

        def walk(node):
            while node:
                node = self.get(node)
                found.append(self.string(self.get(node["/Title"])))
                if "/First" in node:
                    walk(node["/First"])
                node = node.get("/Next")

        outlines = self.get(self.catalog.get("/Outlines", {})) or {}
        walk(outlines.get("/First"))
        return found
