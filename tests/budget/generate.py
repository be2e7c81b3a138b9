#!/usr/bin/env python3
"""Makes up a CV with so many entries: generate.py 1000 [seed] > cv.xml"""
import random
import sys

WORDS = """system data query index model storage network training engine cluster design analysis compiler memory latency
throughput benchmark library pipeline service research team product release interface protocol cache scheduler""".split()


def sentence(chance, least, most):
    words = [chance.choice(WORDS) for _ in range(chance.randint(least, most))]
    return " ".join(words).capitalize() + "."


def weight(chance):
    return f' weight="{chance.randint(0, 10)}"' if chance.random() < 0.7 else ""


def bullets(chance, count):
    items = "".join(f"<item{weight(chance)}>{sentence(chance, 6, 40)}</item>" for _ in range(count))
    return f"<highlights>{items}</highlights>" if items else ""


def entry(chance, kind):
    title = f"<title>{sentence(chance, 2, 6)[:-1]}</title>"
    year = chance.randint(1990, 2024)
    if kind == "job":
        return (f'<job from="{year}" to="{year + 1}"{weight(chance)}>{title}<employer>{sentence(chance, 1, 3)[:-1]}</employer>'
                f"{bullets(chance, chance.randint(0, 4))}</job>")
    if kind == "project":
        return f'<project date="{year}"{weight(chance)}>{title}{bullets(chance, chance.randint(0, 3))}</project>'
    if kind == "publication":
        return (f'<publication date="{year}"{weight(chance)}>{title}<authors><author me="yes">A. Me</author><author>B. You</author>'
                f"</authors><venue>{sentence(chance, 1, 4)[:-1]}</venue></publication>")
    return f'<talk date="{year}"{weight(chance)}>{title}<event>{sentence(chance, 1, 3)[:-1]}</event></talk>'


def cv(entries, seed=1):
    chance = random.Random(seed)
    kinds = [("experience", "job"), ("projects", "project"), ("publications", "publication"), ("talks", "talk")]
    out = ['<cv version="1">', '<person><name given="Ada" family="Example"/><email>ada@example.org</email></person>']
    for i, (section, kind) in enumerate(kinds):
        count = entries // 4 + (1 if i < entries % 4 else 0)
        if count:
            out += [f"<{section}>"] + [entry(chance, kind) for _ in range(count)] + [f"</{section}>"]
    return "\n".join(out + ["</cv>", ""])


if __name__ == "__main__":
    sys.stdout.write(cv(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
