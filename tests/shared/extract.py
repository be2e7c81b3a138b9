"""What programs that know nothing of each other get out of a PDF: poppler, MuPDF, pdf.js, pdfminer."""

import pathlib
import shutil

import pdf

PDFJS = pathlib.Path("/usr/share/javascript/pdf/build/pdf.js")  # Debian's libjs-pdf
READER = pathlib.Path(__file__).with_name("pdfjs.js")


def run(*command):
    code, out, err = pdf.tool(*command)
    if code != 0:
        raise RuntimeError(f"{command[0]}: {err.strip() or out.decode('utf-8', 'replace')[-200:]}")
    return out.decode("utf-8", "replace")


EXTRACTORS = {
    "pdftotext": lambda path: run("pdftotext", "-enc", "UTF-8", path, "-"),
    "-layout": lambda path: run("pdftotext", "-enc", "UTF-8", "-layout", path, "-"),
    "-raw": lambda path: run("pdftotext", "-enc", "UTF-8", "-raw", path, "-"),
    "mutool": lambda path: run("mutool", "draw", "-q", "-F", "txt", path),
    "pdf.js": lambda path: run("node", READER, PDFJS, path),
    "pdfminer": lambda path: run("pdf2txt", path),
}


def missing():
    """What must be installed for all of them."""
    packages = {"poppler-utils": shutil.which("pdftotext"), "mupdf-tools": shutil.which("mutool"), "nodejs": shutil.which("node"),
                "libjs-pdf": PDFJS.is_file(), "python3-pdfminer": shutil.which("pdf2txt")}
    return [package for package, there in packages.items() if not there]
