r"""Strings that have broken programs that set text: (kind, string). Most come from what TeX, XML, terminals, shells and
web pages give a meaning to; the rest is what Unicode allows."""

CONTROL_WORDS = (
    "input include openin openout read write18 immediate special pdfobj pdfmapfile pdfliteral directlua latelua luaexec "
    "catcode def edef gdef let csname endcsname relax par bye end stop endinput batchmode errorstopmode scrollmode loop repeat "
    "undefined usepackage documentclass begin item section vspace hspace newpage clearpage footnote label ref cite verb "
    "textbf url href hyperlink cvsection cvtext cvitem cvlink expandafter noexpand the number romannumeral "
    "uppercase meaning string scantokens everypar output shipout vbox hbox kern penalty halign noalign span cr omit "
    "message errmessage show dump tracingall aftergroup globaldefs endlinechar escapechar newlinechar").split()

TEX = [
    *"#$%&_{}~^\\", "##", "$$", "%%", "&&", "__", "{{", "}}", "~~", "^^", "\\\\", "{}", "}{", "{", "}", "\\{", "\\}", "$x$", "$x", "$$x$$",
    "^^M", "^^@", "^^5c", "^^5cinput", "^^^^005c", "^^^^^^00005c", "^^7f", "^^ff", "^^I", "^^?", "^", "x^2", "x_i", "x^{2}", "a & b & c",
    "100 %", "50% off % comment", "# heading", "C# and F#", "#opensource", "~tilde~", "~/bin", "a~b", "\\%", "\\#", "\\$", "\\&", "\\_", "\\ ", "\\/",
    "\\-", "\\,", "\\;", "\\!", "\\(x\\)", "\\[x\\]", "[", "]", "[x]", "[]", "[[x]]", "*", "**", "*x*", "-", "--", "---", "----", "- x", "-- x",
    "``quoted''", "`", "``", "'", "''", "'''", "\"", "\"\"", "\"a", "\"=", "\"|", ",,low''", "<<x>>", "<", ">", "<<", ">>", "?`", "!`", "?\u2018", "!\u2018",
    "ff fi fl ffi ffl", "shelfful", "fj", "|", "||", "|kpsewhich cmr10.tfm", "@", "@@", "@x", "=", "==", "/", "//", "+", "1+1=2", ";", ":", "a:b", "!", "?",
    "{\\bf x}", "\\begin{document}", "\\end{document}", "\\begin{verbatim}", "\\end{verbatim}", "\\verb|x|", "\\verb+x", "\\makeatletter", "\\relax{}",
    "\\input{/etc/passwd}", "\\input /etc/passwd", "\\write18{id}", "\\immediate\\write18{id}", "\\catcode`\\%=12", "\\catcode`@=0", "\\csname input\\endcsname",
    "\\def\\x{\\x}\\x", "\\loop\\iftrue\\repeat", "\\newcount\\x", "\\uccode`\\a=`\\b", "\\lowercase{X}", "\\string\\x", "\\char92input", "\\char\"5C",
    "\\^^69nput", "\\special{ps: x}", "\\pdfobj file{x}", "\\DeclareUnicodeCharacter{0041}{B}", "<<body>>", "<<name>>", "<<color>>", "<<preamble>>", "<<", "<<x",
    "#1", "#2", "##1", "#9", "#{", "\\#1", "%s", "\\par\\par", "\\\\[1em]", "\\\\*", "\\item", "\\item[x]", "\\hskip 1em", "&nbsp;", "\\&nbsp;", "x\\", "\\x\\y\\z",
    "\\input{x", "}\\input{x}{", "}}}}}}}}\\end", "{{{{{{{{x", "]\\input{x}[", "$\\input{x}$", "%\\input{x}", "~\\input{x}", "\\cvtext{005C}{x}", "%%EOF", "\\fi", "\\else\\fi", "\\or", "\\ifx", "\\iffalse",
]

MARKDOWN = ["# x", "## x ##", "* x", "- [ ] task", "- [x] done", "1. x", "> quote", "**bold**", "__bold__", "_it_", "`code`", "```", "```tex\nx\n```", "[x](y)", "![x](y)",
            "[x]: y", "<https://example.org>", "---", "***", "===", "~~gone~~", "| a | b |", "|---|---|", "\\* no", "a_b_c", "snake_case_name", "*a **b* c**", "[^1]",
            ":smile:", "$E=mc^2$", "{{ x }}", "{% raw %}", "{# x #}", "${x}", "#{x}", "<%= x %>", "{{constructor}}", "@user", "#123", "GH-1", "&copy;"]

HTML = ["<b>x</b>", "<br/>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><script>alert(1)</script>", "'><svg onload=alert(1)>", "javascript:alert(1)",
        "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "</title>", "</cv>", "<cv>", "<!-- x -->", "<!--", "-->", "<![CDATA[x]]>", "]]>", "<?php x ?>", "<?xml version='1.0'?>", "<!DOCTYPE x>",
        "<!ENTITY x SYSTEM 'file:///etc/passwd'>", "&x;", "&amp;", "&amp;amp;", "&lt;b&gt;", "&#0;", "&#x41;", "&#xD800;", "&#x110000;", "&", "&&", "<<", "<a href=\"x\">", "\" onmouseover=\"x", "' or 1=1 --",
        "x\" y=\"z", "<style>*{}</style>", "expression(x)", "<xi:include href='x'/>", "%lt;", "%3Cscript%3E", "\\u003cscript\\u003e", "\\x3cb\\x3e"]

ADDRESSES = ["../../etc/passwd", "/etc/passwd", "..", ".", "~", "~root", "C:\\Windows\\x", "\\\\host\\share", "file:///etc/passwd", "http://x/%00", "http://[::1]/", "http://a@b@c/", "http://x/?a=b&c=d#e",
             "https://example.org/a_b%20c~d", "http://x/{y}", "http://x/^", "http://x/\\", "mailto:a@b.c?subject=x&body=y", "ftp://x", "//x", "/", "///", "CON", "NUL", "aux", "a/b/c", "*", "*.*", "|id", "`id`", "$(id)", ";id", "&& id", "> x",
             "< x", "\\n", "\\0", "%00", "%0a", "%0d%0aX: y", "-o", "--output=x", "-", "--", "$HOME", "${HOME}", "%PATH%", "!!", "a\\ b", "'; drop table cv; --", "1; x", "http://xn--nxasmq6b/", "https://example.org/" + "a/" * 60, "tel:+1", "data:,x"]

FORMATS = ["%s", "%d", "%n", "%x%x%x%x", "%s%s%s%s%s", "%1$s", "%99999999s", "%*d", "{}", "{0}", "{:d}", "{0.__class__}", "{name}", "%(x)s", "$1", "\\1", "$&", "\\g<0>", "{{}}", "{:>99999999}", "$x", "@{x}", "%%", "0x0", "1e309",
           "NaN", "Infinity", "null", "undefined", "None", "true", "0", "-0", "00", "1.0", "1,000", "1/0", "0b1", "2147483648", "9223372036854775808", "99999999999999999999", "1_000", "08", "é1", "1e1", "(x", "x)", "[x", "x]", "()", "a'b", "O'Neill", "d'Arc"]

SPACES = [f"a{chr(c)}b" for c in (0x20, 0x09, 0x0A, 0x0D, 0x85, 0xA0, 0x1680, 0x180E, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF, 0xAD, 0x34F, 0x61C)]
SPACES += ["  a  ", "a   b", "\na\n", "a\n\n\nb", "a\r\nb", "\ta\t", " ", "\u00a0", "\u00a0a", "a\u00a0", "\u200b", "\ufeff", "\u2003x", "x\u00ad", "\u00ad"]
BIDI = [f"a{chr(c)}b" for c in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x206A, 0x2070))] + ["\u202egnirts\u202c", "שלום", "سلام", "a שלום b", "\u200fx", "x\u200e"]
MARKS = ["\u0301", "a\u0301", "e\u0301\u0301", "x\u0308", "i\u0307", "j\u030c", "\u0301a", " \u0301", "g\u0303", "ģ\u0303", "ı\u0301", "q\u0323\u0301", "a\u0323\u0302", "ạ\u0302", "Z\u0351\u0343\u034ca\u0335lgo", "".join("Zalgo"[i % 5] + "\u0300\u0316\u0334\u0489" * 4 for i in range(5)),
         "x" + "\u0301" * 50, "x" + "\u0301" * 3, "o\u0302\u0300", "ệ", "e\u0323\u0302", "Å", "\u212b", "ﬁ", "ſ", "\u1e9b\u0323", "\u0344", "\u20dd", "x\u20dd", "\u3099", "\u0fb2\u0f80", "ß\u0308", "-\u0301", "(\u0301)", "1\u0308", "\\\u0301", "{\u0301}", "%\u0301", "#\u0302", "~\u0303", "^\u0302", "&\u0301", "\"\u0301"]
SCRIPTS = ["漢字", "かな", "한국어", "Привет", "Ελλάδα", "αβγ", "हिन्दी", "ไทย", "ქართული", "አማርኛ", "😀", "👩‍👩‍👧‍👦", "🇩🇪", "👍🏽", "❤️", "☺", "①", "Ａ", "𝐀", "𝔘", "ℝ", "½", "⅓", "²", "ₙ", "™", "©", "€", "£", "¥", "₿", "₫", "→", "⇒", "∞", "≠", "±", "×", "·", "•", "…", "—", "–", "−", "‐", "‑", "‒", "―", "‖", "‘’‚‛", "“”„‟", "«»‹›", "†‡", "§¶", "ªº",
           "°C", "µm", "Ω", "Å", "ﬀ", "ĳ", "ŉ", "ǆ", "ß", "ẞ", "İstanbul ıI", "Łódź", "Đặng", "Þór", "ŐŰ", "œæ", "Ŀl", "ǅ", "ʼ", "ʻ", "\ufffd", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\ue000", "\uf8ff", "\U000f0000", "\U000e0041", "\ufe0f", "\u20e3", "\ufff9x\ufffa", "\u2400", "𐍈", "\U0001d11e"]
CONTROLS = [f"a{chr(c)}b" for c in (*range(1, 9), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0))] + ["\x1b[31mred\x1b[0m", "\x1b]0;x\x07", "\x1b[2J", "\x9b31m", "a\x00b", "\x00"]
LONG = ["a" * 200, "W" * 300, "0" * 250, "-" * 200, "." * 200, "_" * 150, "\\" * 150, "{" * 120, "%" * 150, "/" * 200, "a_" * 100, "ä" * 200, "ệ" * 120, "x\u0301" * 100, "(" * 150, "'" * 150, "\"" * 150, "~" * 150, "^" * 150, "$" * 100, "—" * 120, "&" * 100, "#" * 120, "“" * 120, "€" * 120, "aB" * 100,
        "Donaudampfschifffahrtsgesellschaft" * 5, "https://example.org/" + "q" * 200, "x" * 41, "x" * 61, "ab-" * 80, "!" * 100, "<" * 100, ">" * 100, "," * 150, "@" * 80, "=" * 120, "i" * 400, "fi" * 120]

# Bytes that are no text: they stand in the file as they are.
BYTES = [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xc3", b"\x80", b"a\xe2\x82", b"\xfe\xff", b"\xc0\x80", b"\xe0\x80\xaf"]


def strings():
    kinds = {"TeX": TEX, "control words": [f"\\{word}" for word in CONTROL_WORDS], "Markdown": MARKDOWN, "HTML": HTML, "addresses": ADDRESSES, "formats": FORMATS,
             "blanks": SPACES, "directions": BIDI, "marks": MARKS, "scripts": SCRIPTS, "controls": CONTROLS, "long": LONG}
    seen = set()
    for kind, members in kinds.items():
        for text in members:
            if text not in seen:
                seen.add(text)
                yield kind, text.encode("utf-8", "surrogatepass")
    yield from (("no UTF-8", bytes_) for bytes_ in BYTES)
