"""The programs to compare with that come from npm, in versions that stay the same."""

import json
import os
import pathlib
import shutil
import subprocess

TYPST = {"@myriaddreamin/typst-ts-node-compiler": "0.7.0"}
JSON_RESUME = {"resumed": "6.1.0", "jsonresume-theme-even": "0.26.1", "puppeteer": "24.43.1"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def there(folder, packages):
    def version(name):
        try:
            return json.loads((folder / "node_modules" / name / "package.json").read_text())["version"]
        except FileNotFoundError:
            return None
    return all(version(name) == wanted for name, wanted in packages.items())


def install(folder, packages):
    """-> why it can't be had, empty if it is there."""
    if shutil.which("npm") is None:
        return "npm is not installed"
    folder.mkdir(parents=True, exist_ok=True)
    if not there(folder, packages):
        print(f"installing {', '.join(packages)} with npm into {folder}", flush=True)
        command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--save-exact", *(f"{name}@{version}" for name, version in packages.items())]
        done = subprocess.run(command, env={**os.environ, "PUPPETEER_SKIP_DOWNLOAD": "1"}, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode or not there(folder, packages):
            return "npm could not install it: " + (done.stderr.strip().splitlines() or ["no reason given"])[-1]
    return ""


def browser():
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def available(folder):
    """The programs that are there, and for each of the others a line that says why it is not."""
    have, missing = {}, []
    for what, packages in (("Typst", TYPST), ("JSON Resume", JSON_RESUME)):
        why = "no Chromium is installed" if what == "JSON Resume" and not browser() else install(pathlib.Path(folder), packages)
        if why:
            missing.append(f"{what} is left out: {why}")
        else:
            have[what] = packages
    if shutil.which("latexmk"):
        have["latexmk"] = {}
    else:
        missing.append("latexmk is left out: it is not installed")
    return have, missing
