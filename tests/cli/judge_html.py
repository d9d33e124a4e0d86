"""HTML read strictly: a tree in which every element was closed where it had to be."""

import html
import html.entities
import html.parser

REFERENCES = {"&" + name for name in html.entities.html5 if name.endswith(";")}
VOID = set("area base br col embed hr img input link meta source track wbr".split())


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent, self.children = tag, attributes, parent, []

    def __iter__(self):
        """All elements below, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    def all(self, *tags):
        return [element for element in self if element.tag in tags]

    def raw(self):
        return "".join(child if isinstance(child, str) else child.raw() for child in self.children)

    def text(self):
        """Its words; white space does not count."""
        return " ".join(self.raw().split())


class _Reader(html.parser.HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.root = self.open = Element("", {}, None)
        self.has_doctype = False

    def fail(self, text):
        raise AssertionError("%d:%d: %s" % (*self.getpos(), text))

    def handle_decl(self, decl):
        self.has_doctype = decl.lower() == "doctype html"

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(set(names)) != len(names):
            self.fail("<%s> has an attribute twice" % tag)
        element = Element(tag, dict(attributes), self.open)
        self.open.children.append(element)
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag, attributes):
        if tag not in VOID:
            self.fail("<%s/> is not empty in HTML" % tag)
        self.handle_starttag(tag, attributes)

    def handle_endtag(self, tag):
        if tag != self.open.tag:
            self.fail("</%s> where <%s> is open" % (tag, self.open.tag))
        self.open = self.open.parent

    def handle_data(self, data):
        if "<" in data and self.open.tag not in ("script", "style"):
            self.fail("a bare < in %r" % data)
        self.add(data)

    def add(self, text):
        """What stands together becomes one string."""
        children = self.open.children
        if children and isinstance(children[-1], str):
            text = children.pop() + text
        children.append(text)

    def handle_entityref(self, name):
        if "&%s;" % name not in REFERENCES:
            self.fail("what is &%s" % name)
        self.add(html.unescape("&%s;" % name))

    def handle_charref(self, name):
        self.add(html.unescape("&#%s;" % name))

    def unknown_decl(self, data):
        self.fail("what is <![%s" % data)


def read(source, page=False):
    """The tree; raises AssertionError with the place of what is wrong."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    if reader.open is not reader.root:
        reader.fail("<%s> is never closed" % reader.open.tag)
    if page and not reader.has_doctype:
        reader.fail("no <!DOCTYPE html>")
    return reader.root
