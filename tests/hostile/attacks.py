r"""What a hostile CV, template or command line would try, as lists of texts. CANARY stands for the path of a file outside,
TARGET for one that must not come to be."""

# TeX that reads, writes or runs, in every dress that a writer might let through.
TEX = [
    r"\input{CANARY}", r"\input CANARY ", r"\include{CANARY}", r"\InputIfFileExists{CANARY}{}{}", r"\csname @@input\endcsname CANARY ", r"\expandafter\input\expandafter{CANARY}",
    r"\openin5=CANARY \read5 to\x \x", r"\newread\r\openin\r CANARY\readline\r to\x\x", r"\immediate\openout5=TARGET \immediate\write5{x}", r"\newwrite\w\openout\w=TARGET",
    r"\immediate\write18{cp CANARY TARGET}", r"\write18{touch TARGET}", r"\input{|cat CANARY}", r"\input|kpsewhich\space cmr10.tfm", r"|kpsewhich cmr10.tfm", r"|touch TARGET",
    r"\immediate\pdfobj stream file{CANARY}", r"\pdfobj file{CANARY}\pdfrefobj\pdflastobj", r"\pdfmapfile{CANARY}", r"\pdfmapline{=x <CANARY}", r"\pdfximage{CANARY}", r"\includegraphics{CANARY}", r"\special{psfile=CANARY}", r"\special{pdf:file CANARY}",
    r"\special{src:1 CANARY}", r"\pdffilemoddate{CANARY}", r"\pdffiledump offset 0 length 99{CANARY}", r"\pdfmdfivesum file{CANARY}", r"\scantokens{\input{CANARY}}", r"\verbatiminput{CANARY}", r"\lstinputlisting{CANARY}",
    r"\directlua{os.execute('touch TARGET')}", r"\directlua{tex.print(io.open('CANARY'):read('*a'))}", r"\latelua{io.open('TARGET','w')}", r"\luaexec{os.execute('touch TARGET')}", r"\luafunction1", r"\fontspec{CANARY}", r'\font\x="[CANARY]" \x', r"\font\x=CANARY \x",
    r"\catcode`\|=0 |input{CANARY}", r"\catcode`@=0 @input{CANARY}", r"\lccode`\x=`\\\lowercase{xinput{CANARY}}", r"\uccode`x=92 \uppercase{x}input{CANARY}", r"\begingroup\catcode`\%=12\input{CANARY}\endgroup",
    r"^^5cinput{CANARY}", r"^^5c^^69nput^^7bCANARY^^7d", r"^^^^005cinput{CANARY}", r"\^^5cinput{CANARY}", r"}\input{CANARY}{", r"}}}\input{CANARY}{{{", r"]\input{CANARY}[", r"$\input{CANARY}$", r"%" + "\n" + r"\input{CANARY}", r"x\\\input{CANARY}", r"\\input{CANARY}",
    r"\end{document}\input{CANARY}", r"\begin{filecontents}{TARGET}x\end{filecontents}", r"\usepackage{CANARY}", r"\RequirePackage{CANARY}", r"\documentclass{CANARY}", r"\bibliography{CANARY}", r"\externaldocument{CANARY}", r"\tracingonline1\showhyphens{\input{CANARY}}", r"<<part CANARY>>", r"<<body>>\input{CANARY}",
    r"{\def\x{\input{CANARY}}\x}", r"\AtBeginDocument{\input{CANARY}}", r"\everypar{\input{CANARY}}", r"#1\input{CANARY}", r"\char92 input{CANARY}", r"\string\input{CANARY}", r"~\input{CANARY}", r"&\input{CANARY}", r"\par\input{CANARY}", r"\cvtext{005C}{\input{CANARY}}", r"\href{run:TARGET}{x}", "CANARY", "../canary.txt", "../../canary.txt", "file://CANARY",
]

# XML that would bring in another file, or more than there is room for. %s: where the text of a CV goes on.
DOCUMENT = '<cv version="1"><person><name family="%s"/></person></cv>'
TEXT = '<cv version="1"><person><name family="X"/><headline>%s</headline></person></cv>'
XML = {
    "external entity": '<!DOCTYPE cv [<!ENTITY x SYSTEM "file://CANARY">]>' + TEXT % "&x;",
    "external entity, public": '<!DOCTYPE cv [<!ENTITY x PUBLIC "-//x" "CANARY">]>' + TEXT % "&x;",
    "parameter entity": '<!DOCTYPE cv [<!ENTITY % x SYSTEM "file://CANARY">%x;]>' + TEXT % "y",
    "external subset": '<!DOCTYPE cv SYSTEM "file://CANARY">' + TEXT % "y",
    "entity bomb": '<!DOCTYPE cv [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij")) + "]>" + TEXT % "&j;",
    "entity of itself": '<!DOCTYPE cv [<!ENTITY a "&a;">]>' + TEXT % "&a;",
    "entity in an attribute": '<!DOCTYPE cv [<!ENTITY a "x">]>' + DOCUMENT % "&a;",
    "XInclude": TEXT % '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="CANARY" parse="text"/>',
    **{f"XInclude, {name}": TEXT % f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{href}"/>' for name, href in {
        "whole": "CANARY", "by address": "file://CANARY", "climbing": "../../../../../../../../..CANARY", "climbing, encoded": "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/..CANARY",
        "below itself": "./CANARY", "a device": "/dev/zero", "a process": "/proc/self/environ", "standard input": "/dev/stdin"}.items()},
    "XInclude, a piece": TEXT % '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="CANARY" xpointer="xpointer(//*)"/>',
    "XInclude, another base": TEXT % '<a xml:base="file:///"><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="CANARY"/></a>',
    "XInclude, as a fallback": TEXT % '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="none.xml"><xi:fallback><xi:include href="CANARY"/></xi:fallback></xi:include>',
    "stylesheet": '<?xml-stylesheet href="CANARY"?>' + TEXT % "y",
    "schema of its own": DOCUMENT.replace("<cv", '<cv xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="CANARY"') % "y",
    "deep nesting": TEXT % ("<b>" * 100000 + "x" + "</b>" * 100000),
    "deep nesting, open": TEXT % ("<b>" * 100000),
    "deep bullets": '<cv version="1"><person><name family="X"/></person><experience><job><title>T</title>' + "<highlights><item>x" * 20000 + "</item></highlights>" * 20000 + "</job></experience></cv>",
    "huge attribute": DOCUMENT % ("a" * 5000000),
    "many attributes": "<cv " + " ".join(f'a{i}="x"' for i in range(50000)) + "/>",
    "many elements": TEXT % ("<b>x</b>" * 100000),
    "huge name": "<" + "a" * 3000000 + "/>",
    "many ids": '<cv version="1"><person><name family="X"/></person><summary>' + "".join(f'<p id="a{i % 7}">x</p>' for i in range(5000)) + "</summary></cv>",
    "comment in a word": TEXT % r"\in<!-- -->put{CANARY}",
    "CDATA in a word": TEXT % r"\in<![CDATA[put{CANARY}]]>",
    "instruction in a word": TEXT % r"\in<?x y?>put{CANARY}",
    "references": TEXT % r"&#92;input&#123;CANARY&#125;",
    "declared as something else": '<?xml version="1.0" encoding="UTF-7"?>' + TEXT % "+AFw-input",
}
# More than TeX has room for, which is said before it starts.
LONG = {
    "a word of 1 MB": TEXT % ("x" * 1000000),
    "a word of 1 MB in a name": DOCUMENT % ("\\" * 1000000),
    "a word of 1 MB in marks": TEXT % ("<b>x</b><i>y</i>" * 50000),
    "1 MB of words": TEXT % ("x " * 500000),
    "1 MB without blanks, Chinese": TEXT % ("語" * 350000),
    "a letter with 1 MB of accents": TEXT % ("e" + "\u0301\u0323" * 250000),
    "an address of 1 MB": TEXT % f'<a href="https://example.org/{"x" * 1000000}">x</a>',
    "a million unprintable characters": TEXT % ("\U00080000 " * 200000),
}
ENCODED = {f"{encoding}, {mark}": (b"" if mark == "no mark" else b"\xef\xbb\xbf") + (TEXT % "x").encode(encoding)
           for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp037", "latin-1") for mark in ("no mark", "mark of UTF-8")}

# Names of files as others choose them.
NAMES = ["-o", "--help", "-", "--output=x.xml", "@cv.xml", "a b.xml", "a;touch TARGET.xml".replace("TARGET", "made"), "$(touch made).xml", "`touch made`.xml", "|touch made.xml", "\\input{canary.txt}.xml", "%s%n.xml", "a\nb.xml", "\x1b[31mred.xml", "\x1b]0;title\x07.xml",
         "\x9b31m.xml", "\u202efdp.xml", "é.xml", "\\write18{touch made}.xml", "'.xml", '".xml', "*.xml", "~.xml", "a\tb.xml", "a\rb.xml", "\x7f.xml", "#.xml", "$x.xml", "x" * 240 + ".xml"]
