"""Makes CVs and pictures to test with."""

import itertools
import struct
import unicodedata
import xml.etree.ElementTree as ET
import zlib
from xml.sax.saxutils import escape


def png(width=8, height=8):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + bytes((40 * x % 256, 30 * y % 256, 120)[i] for x in range(width) for i in range(3)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg():
    """A grey square: one block whose only coefficient is zero."""
    def segment(marker, data):
        return bytes((0xFF, marker)) + struct.pack(">H", len(data) + 2) + data

    one_code = bytes((1,) + (0,) * 15) + b"\0"  # one code of one bit for the symbol 0
    return (b"\xff\xd8" + segment(0xE0, b"JFIF\0\1\1\1\0\x48\0\x48\0\0") + segment(0xDB, b"\0" + b"\1" * 64) +
            segment(0xC0, struct.pack(">BHHB", 8, 8, 8, 1) + b"\1\x11\0") + segment(0xC4, b"\0" + one_code) +
            segment(0xC4, b"\x10" + one_code) + segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x3f" + b"\xff\xd9")


# --- all characters

def character_units(table):
    """Each character of the table; marks on a few letters."""
    units = []
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        code, how = line.split("\t")[:2]
        character = chr(int(code, 16))
        if how == "combine":
            units += [unicodedata.normalize("NFC", base + character) for base in "oxiQ"]
        else:
            units.append(character)
    return units


KINDS = {"plain": ("a", "b", "{}"), "bold": ("c", "d", "<b>{}</b>"), "italic": ("m", "n", "<i>{}</i>"),
         "typewriter": ("p", "q", "<code>{}</code>"), "link": ("r", "s", '<a href="https://example.org/">{}</a>')}


def in_word(unit, kind):
    before, after = ("u", "v") if kind == "section title" else KINDS[kind][:2]
    return before + unit + after


def batches(units, size):
    for i in range(0, len(units), size):
        yield units[i:i + size]


def character_cv(units):
    out = ['<cv version="1"><person><name given="Ǧĭḥạ m̃" family="Ẁ₂ḷ‰ẽ-№"/><headline>Ḿ ₹ ½ →</headline></person>']
    for batch in batches(units, 9):
        title = escape(" ".join(in_word(unit, "section title") for unit in batch), {'"': "&quot;"})
        out.append(f'<section title="{title}">')
        for kind, (_, _, mark) in KINDS.items():
            out.append("<item>" + mark.format(escape(" ".join(in_word(unit, kind) for unit in batch))) + "</item>")
        out.append("</section>")
    return ("\n".join(out) + "</cv>").encode()


# --- special characters in every place

SPECIAL = "# $ % & _ { } ~ ^ \\ < > | \" ' -- --- << >> ,, `` '' ?` !` [x] *"
SINGLE = list("#$%&_{}~^\\<>|\"'`[]*-?!,;:.=+/@()") + ["--", "[x]", "``", "''", "<<", ",,"]
TEXTS = set("title institution employer organization department team place role advisor thesis grade event amount number note "
            "description link item p author venue skill mentee interest language referee headline location detail b i code "
            "sub sup q a".split())
ATTRIBUTES = {"title", "label", "level", "short", "given", "family", "prefix", "suffix"}


def special_cvs(everything):
    """everything.xml with special characters in each text and each attribute that is printed."""
    def spaced(n):
        return f"[{n}] {SPECIAL} {n}]"

    def dense(n):
        return f"{n}#$%&_{{}}~^\\<>|\"' {n}--{n}---<<>>,,``''?`!`[x]*{n}"

    def single(n):
        return SINGLE[n % len(SINGLE)]

    def bracket(n):
        return f"[{n}" if n % 2 else f"{n}]"

    def star(n):
        return f"*{n}*" if n % 2 else f"={n}\\"

    def few(n):
        words = SPECIAL.split()
        return f"[{n}] " + " ".join(words[(5 * n + i) % len(words)] for i in range(5))

    def glued(n):
        words = SPECIAL.split()
        return f"n{n}" + "".join(words[(4 * n + i) % len(words)] + "a" for i in range(4))

    for name, make in (("spaced", spaced), ("dense", dense), ("single", single), ("bracket", bracket), ("star", star)):
        root = ET.fromstring(everything)
        count = itertools.count(1)
        titles = root.findall(".//position/title")
        for element in root.iter():
            text = make
            if name in ("spaced", "dense") and element.tag in ("profile", "detail", "name"):
                text = glued if element.tag == "name" else few  # that fit on a line
            if name == "dense" and (element.tag in ("place", "organization") or element in titles):
                text = glued  # that is not broken beside a date or a place
            if element.tag in TEXTS:
                element.text = text(next(count)) + ("" if len(element) == 0 else " ")
            for attribute in sorted(ATTRIBUTES & set(element.attrib)):
                element.set(attribute, text(next(count)))
            if element.tag == "profile" and element.get("href"):
                element.set("user", text(next(count)))
                if name != "dense":
                    element.set("network", text(next(count)))
            if element.get("href", "").startswith("http"):
                tail = "~a_b%20c/?x=1&y=%25&z=[1]#frag_" if name == "spaced" else "{a}^b|c\\d`e'f$g(h)*i!;:@,%C3%A9é~&#_"
                element.set("href", f"https://example.org/{next(count)}/{tail}")
            if element.get("doi"):
                element.set("doi", "10.1000/" + "(SICI)1<2:a;b>3.0.CO;2-#_%&{}~^|\\")
            if element.tag == "email":
                element.text = f"a{next(count)}" + ("_b%c&d#e~f'g+h-i--j" if name == "spaced" else "#$%&_{}~^|'*+/=?`") + "@example.org"
            if element.tag == "headline":
                for child in list(element):
                    child.tail = " "
        yield f"special-{name}", ET.tostring(root, encoding="utf-8", xml_declaration=True)


# --- odd but valid

PERSON = '<person><name given="Olive" family="Odd"/></person>'
ODD = {
    "names-prefix": '<person><name prefix="Prof. Dr. h. c." given="Anna-Lena" family="van der Müller-Šimůnková" suffix="Jr."/></person><summary><p>One.</p></summary>',
    "names-letters": '<person><name family="X" suffix="PhD, FRS"/></person><summary><p>One.</p></summary>',
    "only-present": PERSON + '<experience><job to="present"><title>Clerk</title><employer>Office</employer></job>'
                    '<job><title>Helper</title><employer>Shop</employer></job></experience>',
    "organizations": PERSON + '<projects><project date="2020"><organization>One Ltd</organization><title>Joint work</title>'
                     '<organization href="https://two.example">Two Inc</organization><organization>Three <b>GmbH</b></organization></project></projects>',
    "only-title": PERSON + '<skills title="Not printed"/><summary><p>Text.</p></summary><section title="Empty"/>',
    "employment-link": PERSON + '<experience><employment><employer>Acme</employer><link href="https://acme.example/a_b">Site</link>'
                       '<position from="2001" to="2002"><title>Boss</title></position></employment></experience>',
    "split-runs": PERSON + '<summary><p>a-<b/>-b c-<!-- -->-d e&lt;<?x y?>&lt;f g,<i/>,h i-<a href="https://a.example">-</a>-j k-<b>-</b>-l '
                  'm–<b/>-n o!<b/>` p?<b/>`</p></summary>',
    "breaks": PERSON + '<summary><p>One<br/>[two]<br/><br/>* three<br/><b>four<br/>five</b> <a href="https://a.example">six<br/>seven</a></p></summary>'
              '<education><degree date="2020"><title>Title<br/>below</title><institution>Here<br/>there</institution><highlights><item>Up<br/>down</item></highlights></degree></education>'
              '<awards><award date="2021"><title>A<br/>B</title></award></awards>',
    "breaks-at-edges": '<person><name family="X"/><headline><br/>h<br/></headline><location><br/>l</location><detail label="d"><br/>x</detail></person>'
                       '<summary><p><br/>one <b><br/></b></p></summary><education><degree date="2020"><title><br/>t</title><institution><br/>i</institution>'
                       '<description><br/>de</description><note>n<br/></note><thesis><br/>th</thesis><highlights><item><b><br/>a</b></item><item>b<br/><highlights>'
                       '<item><br/>c</item></highlights></item></highlights></degree></education><news><item><br/>q</item><item date="2020"><br/>r</item></news>',
    "marks": PERSON + '<summary><p><b>bold <a href="https://a.example/%23x">link <i>both</i></a> <code>x--y</code></b> <code>"a" -- \'b\' `c` &lt;&lt;d&gt;&gt; ,,e</code> '
             '<i>slanted <i>twice</i> <b><i><code>deep</code></i></b></i> <a href="https://b.example/a_b?c=%25&amp;d#e">a_b?c=%25&amp;d#e [{~}]</a></p></summary>'
             '<section title="Nest"><item><b>[bold]</b> first</item><item><a href="https://c.example">[link]</a> first</item><item><sup>[1]</sup> up</item></section>',
    "levels": PERSON + '<section title="Levels"><item>One alpha<highlights><item>Two beta<highlights><item>Three gamma</item><item>[three] delta</item></highlights></item>'
              '<item>Two epsilon</item></highlights></item><item>One zeta</item></section>',
    "bare-brackets": PERSON + '<section title="["><item>[</item><item>]</item><item>[]</item><entry><title>[</title><role>]</role></entry><p>[a]</p>'
                     '<group label="[b]"><skill level="[c]">[d]</skill></group></section>',
    "inner-targets": PERSON + '<summary id="s_1.a-b"><p id="p_1">To <a href="#e_2.x">entry</a>, <a href="#g-3">group</a>, <a href="#s_1.a-b">section</a>, '
                     '<a href="#p_1">itself</a>, <a href="#r">reference</a>, <a href="#pub">paper</a>, <a href="#em">job</a>, <a href="#po">role</a></p></summary>'
                     '<section title="Targets"><entry id="e_2.x" date="2020"><title>E</title></entry><group id="g-3" label="G"><skill>H</skill></group>'
                     '<reference id="r"><referee>R</referee></reference><publication id="pub"><title>P</title></publication>'
                     '<employment id="em"><employer>M</employer><position id="po"><title>O</title></position></employment></section>',
    "phones": '<person><name family="Phone"/><phone>+49 (0) 30/12 34-56</phone><phone>+44 20 7946 0958, ext. 12</phone><phone type="fax">(206) 295 6340</phone><phone type="fixed">+1\u00a0206\u00a0295\u20116340</phone></person>',
    "mentees": PERSON + '<mentoring><mentee to="present">Ann</mentee><mentee from="2019-09" to="2021-02">Bo</mentee><mentee>Cy</mentee></mentoring>'
               '<languages><language level="C1 – fluent">Odd-ish</language></languages>',
    "stacked-marks": '<person><name given="Q̣̃" family="m̃x̌ j̃ m̧̄ č̣"/><headline>į́ ạ́</headline></person><section title="m̃ x̌ j̃ č̣ m̧̄"><item>Q̣̃ į́ ạ́ m̧̄</item></section>',
}
def anchors_cv(sections=24):
    """Sections and entries with ids, of such lengths that page breaks fall before, within and after them."""
    out = []
    for i in range(sections):
        lines = "".join(f"<item>Point {j} of {i}.</item>" for j in range(i * 7 % 11 + 1))
        out.append(f'<section title="Section number {i}x" id="section_{i}"><p id="par_{i}">Paragraph number {i}x. <a href="#section_{i}">a</a></p>'
                   f'<entry id="entry_{i}" date="2020"><title>Entry number {i}x</title><highlights>{lines}</highlights></entry>'
                   f'<group id="group_{i}" label="Group number {i}x"><skill>a</skill></group></section>')
    return f'<cv version="1">{PERSON}{"".join(out)}</cv>'.encode()


DUTCH = ('<cv version="1" lang="nl"><person><name family="Aanhaling"/></person><summary><p>?<q>x</q> !<q>y</q> ‘<q>z</q> <q>a <q>b</q></q>’ '
         '<q><q>c</q></q></p></summary></cv>')


def odd_cvs():
    for name, content in ODD.items():
        yield name, f'<cv version="1">{content}</cv>'.encode()
    yield "dutch-quotes", DUTCH.encode()
