"""Makes mutants of an XML file: of its bytes, mostly at markup, and of its elements, attributes and text."""
import re
from pathlib import Path

SCHEMA = (Path(__file__).resolve().parents[2] / "schema" / "cv.xsd").read_bytes()
ELEMENTS = sorted(set(re.findall(rb'<xs:element name="(\w+)"', SCHEMA)))
ATTRIBUTES = sorted(set(re.findall(rb'<xs:attribute name="(\w+)"', SCHEMA)))
ENUMERATED = sorted(set(re.findall(rb'<xs:enumeration value="([^"]+)"', SCHEMA)))

XSI = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
VALUES = ENUMERATED + [
    b"", b" ", b"  ", b"\t", b"\n", b"&#32;", b"&#160;", "\u00a0".encode(), b"x", b" x ", b"a  b", b"YES", b" yes", b"yes\n", b"no&#10;",
    b"yes&#x20;", b"ye&#115;", b"2023", b" 2023 ", b"2023-00", b"2023-06", b"2023-13", b"2023-06-31", b"2023-06-32", b"2023-6", b"02023",
    b"spring 2023", b"spring  2023", b"spring\n 2023", b"Spring 2023", b"spring2023", b"2022/2023", b"2022-2023", b"present", b" present", b"Present",
    "\u0662\u0660\u0662\u0663".encode(), b"2023-06-15T00:00", b"1", b"01", b"1.0", b"2", b"id-1", b"_x", b"1x", b"a.b", b"a b", b"-", "\u00e9".encode(),
    b"a:b", b"en", b"EN", b"en-GB", b"#x", b"&amp;", b"&lt;", b"a&quot;b", b"'", b"cv.xsd", b"http://example.org/"]
NAMES = [b"x", b"X", b"_", b"Title", b"titel", b"xs:b", b"b:b", b"xsi:type", b"xml:lang", b"xml:id", b"xml:space", b"xmlns", b"xmlns:x", b"xmlns:xsi", b"a.b",
         b"a-b", b"a1", b"1a", b"-a", b".a", "\u00e9".encode(), "\u00d7".encode(), "\u00f7".encode(), "a\u00b7".encode(), "\u00b7a".encode(),
         "\u0301a".encode(), "a\u0301".encode(), "\u4e2d".encode(), "\U00010400".encode(), "a\u2014".encode(), "\u037e".encode(), "a\u203f".encode(), b"a b", b""]
MARKUP = b"<>&\"'/=!?-[];:# \n\t\r"
SNIPPETS = [
    b"<", b">", b"&", b"/>", b"</", b"<!", b"<?", b"?>", b"<!-- -->", b"<!---->", b"<!--->", b"<!-- -- -->", b"<!-- - -->", b"--->", b"-->", b"--", b"<!--",
    b"<![CDATA[x]]>", b"<![CDATA[ ]]>", b"<![CDATA[]]>", b"<![CDATA[<b>&]]>", b"<![CDATA[", b"<![cdata[x]]>", b"]]>", b"]]", b"]]]>", b"]]&gt;", b"<?a?>", b"<?a b?>",
    b"<?a ??>", b"<??>", b"<? a?>", b"<?a-?>", b"<?a<?>", b"<?xml?>", b"<?xml version=\"1.0\"?>", b"<?XML?>", b"<?xml-model href=\"a\"?>", b"<?xmlx?>", b"<?a", b"&amp;",
    b"&lt;", b"&gt;", b"&quot;", b"&apos;", b"&nbsp;", b"&eacute;", b"&AMP;", b"&amp", b"& ", b"&;", b"&#", b"&#;", b"&#x;", b"&#65;", b"&#x41;", b"&#X41;", b"&#xd;",
    b"&#13;", b"&#9;", b"&#10;", b"&#0;", b"&#8;", b"&#x1F;", b"&#x7F;", b"&#xD800;", b"&#xFFFE;", b"&#xFFFD;", b"&#x10FFFF;", b"&#x110000;", b"&#4294967361;",
    b"&#99999999999999999999;", b"&#0000000000000000000000000000000000000065;", b"&#65", b"&#6 5;", b"&#-65;", b"&#+65;", b"&#0x41;", b"&a.b-c;", b"&a:b;", b"&1;", b"&&",
    b"&#38;", b"&#60;", b"&#x26;amp;", b"%a;", b"\r", b"\r\n", b"\0", b"\x01", b"\x08", b"\x0b", b"\x0c", b"\x1f", b"\x7f", "\u0080".encode(), "\u0085".encode(),
    "\u00a0".encode(), "\u2028".encode(), "\ufeff".encode(), "\ufffd".encode(), "\ufffe".encode(), "\uffff".encode(), "\U0001fffe".encode(), "\U0010ffff".encode(),
    "\u0301".encode(), "\u200b".encode(), "\U0001f600".encode(), b" a", b" a=", b" a=1", b" a=\"\"", b" a='\"'", b" a=\"<\"", b" a=\">\"", b" a=\"&\"", b" a=\"]]>\"",
    b" id=\"x\"", b" = ", b" xmlns=\"\"", b" xmlns=\"urn:x\"", b" xmlns:a=\"urn:a\"", b" xmlns:a=\"\"", b" xmlns:xml=\"urn:x\"", b" " + XSI,
    b" " + XSI + b" xsi:noNamespaceSchemaLocation=\"cv.xsd\"", b" " + XSI.replace(b"xsi", b"i") + b" i:schemaLocation=\"a b\"", b" xsi:noNamespaceSchemaLocation=\"cv.xsd\"",
    b" " + XSI + b" xsi:nil=\"false\"", b" xml:lang=\"en\"", b" xml:space=\"preserve\"", b"<b>", b"</b>", b"<b/>", b"<b />", b"<b/ >", b"< b/>", b"<b></b>", b"</ b>",
    b"</b >", b"</b a=\"\">", b"<br/>", b"<br> </br>", b"<br></br>", b"<br><!-- --></br>", b"<br><?a?></br>", b"<br>&#32;</br>", b"<br><![CDATA[]]></br>", b"<p>x</p>", b"</cv>",
    b"<cv version=\"1\"/>", b"<item/>", b"<title/>", b"<a:b/>", b"<:a/>", b"<a:/>", b"<a:1/>", b"<a:b:c/>", b"<x:b xmlns:x=\"urn:x\"/>", b"<x/>",
    b"<p\n>x</p\n>", b"<person><name family=\"x\"/></person>"]
REFUSED = [b"<!DOCTYPE cv>", b"<!DOCTYPE cv [<!ENTITY a \"b\">]>", b"\x80", b"\xc3", b"\xff", b"\xed\xa0\x80", b"\xc0\x80"]

TOKEN = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<[^<>]*>|<|[^<]+", re.S)
ATTRIBUTE = re.compile(rb"(\s+)([^\s=<>/\"']+)(\s*=\s*)(\"[^\"<]*\"|'[^'<]*')")
TAG_NAME = re.compile(rb"(</?)([^\s/>]+)")


def mutant(random, data):
    change = random.choice([of_bytes, of_structure, of_structure])
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        data = change(random, data)
    return data


# --- bytes


def place(random, data):
    """Mostly beside a character of markup, where faults are."""
    if random.random() < 0.7 and (found := [m.start() for m in re.finditer(rb"[<>&\"'=/!?\-\]]", data)]):
        return min(len(data), max(0, random.choice(found) + random.choice([0, 0, 1, 1, -1, 2])))
    return random.randint(0, len(data))


def any_byte(random):
    if random.random() < 0.7:
        return bytes([random.choice(MARKUP)])
    return bytes([random.randrange(128)])


def slice_of(random, data):
    begin = place(random, data)
    return begin, min(len(data), begin + random.choice([1, 1, 1, 2, 3, 5, 10, 40]))


def of_bytes(random, data):
    at = place(random, data)
    begin, end = slice_of(random, data)
    kind = random.randrange(100)
    if kind < 20:
        return data[:begin] + data[end:]
    if kind < 35:
        return data[:at] + any_byte(random) + data[at:]
    if kind < 50:
        return data[:at] + any_byte(random) + data[at + 1:]
    if kind < 60:
        return data[:at] + data[at + 1:at + 2] + data[at:at + 1] + data[at + 2:]
    if kind < 70:
        return data[:at] + data[begin:end] + data[at:]
    if kind < 96:
        return data[:at] + random.choice(SNIPPETS) + data[at:]
    if kind < 98:
        return data[:at]
    return data[:at] + random.choice(REFUSED) + data[at:]


# --- elements, attributes and text


def elements_of(tokens):
    """(index of the start tag, index after the end tag) of each element."""
    found, open_tags = [], []
    for i, token in enumerate(tokens):
        if not token.startswith(b"<") or token.startswith((b"<!", b"<?")):
            continue
        if token.startswith(b"</"):
            if open_tags:
                found.append((open_tags.pop(), i + 1))
        elif token.endswith(b"/>"):
            found.append((i, i + 1))
        else:
            open_tags.append(i)
    return found


def of_structure(random, data):
    tokens = TOKEN.findall(data)
    elements = elements_of(tokens)
    if not elements:
        return of_bytes(random, data)
    change = random.choice([of_element, of_element, of_attribute, of_attribute, of_text])
    return b"".join(change(random, tokens, elements))


def new_element(random):
    name = random.choice(ELEMENTS)
    inner = random.choice([b"", b"", b"x", b" ", b"<b>x</b>", b"<p>x</p>", b"<title>x</title>", b"<item>x</item>"])
    attribute = b""
    if random.random() < 0.4:
        attribute = b" " + random.choice(ATTRIBUTES) + b'="' + random.choice(VALUES) + b'"'
    return b"<" + name + attribute + (b">" + inner + b"</" + name + b">" if inner or random.random() < 0.3 else b"/>")


def renamed(tokens, begin, end, name):
    result = list(tokens)
    for i in {begin, end - 1}:
        result[i] = TAG_NAME.sub(lambda m: m[1] + name, result[i], count=1)
    return result


def of_element(random, tokens, elements):
    begin, end = random.choice(elements)
    other_begin, other_end = random.choice(elements)
    element = tokens[begin:end]
    at = random.randint(0, len(tokens))
    kind = random.randrange(12)
    if kind == 0:
        return tokens[:begin] + tokens[end:]
    if kind == 1:
        return tokens[:end] + element + tokens[end:]
    if kind == 2:
        return tokens[:at] + element + tokens[at:]
    if kind == 3:  # moved
        rest = tokens[:begin] + tokens[end:]
        at = random.randint(0, len(rest))
        return rest[:at] + element + rest[at:]
    if kind == 4:  # two swapped, if neither is in the other
        (a, b), (c, d) = sorted([(begin, end), (other_begin, other_end)])
        if b > c:
            return tokens
        return tokens[:a] + tokens[c:d] + tokens[b:c] + tokens[a:b] + tokens[d:]
    if kind in (5, 6):
        name = random.choice(ELEMENTS) if random.random() < 0.7 else random.choice(NAMES)
        return renamed(tokens, begin, end, name)
    if kind == 7:
        name = random.choice(ELEMENTS)
        return tokens[:begin] + [b"<" + name + b">"] + element + [b"</" + name + b">"] + tokens[end:]
    if kind == 8:  # the tags gone, the content left
        return tokens[:begin] + element[1:-1] + tokens[end:]
    if kind == 9 and random.random() < 0.1:  # nested, perhaps too deep
        depth = random.choice([3, 30, 55, 60, 62, 70])
        return tokens[:begin] + [b"<b>"] * depth + element + [b"</b>"] * depth + tokens[end:]
    if kind == 10:  # emptied
        return tokens[:begin + 1] + tokens[end - 1:] if end - begin > 1 else tokens
    return tokens[:at] + [new_element(random)] + tokens[at:]


def of_attribute(random, tokens, elements):
    begin, _ = random.choice(elements)
    tag = tokens[begin]
    found = list(ATTRIBUTE.finditer(tag))
    kind = random.randrange(8)
    if kind == 0 or not found:
        name = random.choice(ATTRIBUTES) if random.random() < 0.7 else random.choice(NAMES)
        value = random.choice(VALUES)
        quote = b"'" if b'"' in value else b'"'
        added = b" " + name + b"=" + quote + value + quote
        tag = TAG_NAME.sub(lambda m: m[0] + added, tag, count=1)
        return tokens[:begin] + [tag] + tokens[begin + 1:]
    match = random.choice(found)
    blank, name, equals, value = match.groups()
    if kind == 1:
        new = b""
    elif kind == 2:
        new = match[0] + match[0]
    elif kind == 3:
        new = blank + (random.choice(ATTRIBUTES) if random.random() < 0.7 else random.choice(NAMES)) + equals + value
    elif kind == 4:
        new = random.choice([b"\n", b"\t", b"", b"  "]) + name + random.choice([b" = ", b"\n=", b"="]) + random.choice([value, value.replace(b'"', b"'"), value[1:-1]])
    elif kind == 5 and len(value) > 2:  # one character of the value changed
        at = random.randrange(1, len(value) - 1)
        new = blank + name + equals + value[:at] + random.choice(SNIPPETS + [b" ", b"  ", b"0", b"x"] * 8) + value[at + random.randrange(2):]
    else:
        value = random.choice(VALUES)
        quote = b"'" if b'"' in value else b'"'
        new = blank + name + equals + quote + value + quote
    return tokens[:begin] + [tag[:match.start()] + new + tag[match.end():]] + tokens[begin + 1:]


def of_text(random, tokens, elements):
    begin, end = random.choice(elements)
    at = random.choice([random.randint(begin + 1, max(begin + 1, end - 1)), random.randint(0, len(tokens))])
    text = random.choice([b"x", b" ", b"\n", b"", b"x y", b"\t \r\n", b"\r"] + SNIPPETS)
    kind = random.randrange(4)
    if kind == 0:  # in place of a text
        texts = [i for i, token in enumerate(tokens) if not token.startswith(b"<")]
        if texts:
            i = random.choice(texts)
            return tokens[:i] + [text] + tokens[i + 1:]
    if kind == 1:
        text = b"<![CDATA[" + text + b"]]>"
    return tokens[:at] + [text] + tokens[at:]
