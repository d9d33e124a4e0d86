"""The plugins of the living site, and of each export what it reads: `trace` says it from the
models that clean builds wrote. Two traces are equal if and only if nothing that was read changed,
so a rendering must run when its trace is another one than the last time, and else must not."""

import re

VARIANT = re.compile(r'v(\d+)')


class Export:
    """files(sources): what the plugin is made of. trace(site, article): what is read; path(site, article): its output, None when skipped."""

    def __init__(self, plugin, each, trace, path, files=None):
        self.plugin, self.each, self.trace, self.path = plugin, each, trace, path
        self.files = files or (lambda sources: [plugin + ".lua"])


class View:
    """The site as queries show it: live articles by path, from their article.json."""

    def __init__(self, articles, settings, exports, places):
        self.articles, self.settings, self.exports = articles, settings, exports
        self.places = places  # of warnings: path → (line, column)
        days = [a[key] for a in articles.values() for key in ("date", "updated") if a[key]]
        self.now = max(days, default="1970-01-01")

    def query(self, tag=None, sort=None, limit=None, offset=0, lang=None):
        found = sorted(self.articles.values(), key=lambda a: a["id"].encode())
        if sort:
            key = sort.lstrip("-")
            found.sort(key=lambda a: (a[key] is not None, a[key]), reverse=sort[0] == "-")
        found = [a for a in found if (not tag or tag in a["tags"]) and (not lang or a["lang"] == lang)]
        return found[offset:offset + limit if limit else None]

    def options(self, plugin):
        return self.settings["plugins"].get(plugin, {})


def ids(articles):
    return [a["id"] for a in articles]


def scalar(value):
    """A value of the model as a plugin reads it when it does not look into it."""
    return type(value).__name__ if isinstance(value, (dict, list)) else value


def nth(items, n):
    return items[n - 1] if len(items) >= n else None


# What each export reads

def answer(_, a):
    pair = nth(a["faq"], 2)
    return [pair["answer"]["text"], a["slug"]] if pair else [len(a["faq"])]


def cell(_, a):
    table = nth(a["comparisons"], 1)
    row = table and nth(table["rows"], 2)
    if not row:
        return ["no row", len(table["rows"]) if table else None]
    return [len(row["cells"])] if len(row["cells"]) < 2 else ["cell", row["cells"][1]]


def dotted(_, a):
    inner = a["meta"].get("a.b")
    return ["none"] if inner is None else [scalar(inner), scalar(inner.get("c"))]


def feed(site, _):
    found = site.query(tag="tea", sort="-date", limit=5)
    return [ids(found), [a["title"] for a in found]]


def other(site, _):
    found = site.query(sort="title", limit=1)
    return [ids(found), [(len(a["faq"]), a["summary"]) for a in found]]


def tagged(site, tag):
    """An item, the articles in it, and what its rendering reads of them."""
    return [(a["path"], a["title"]) for a in site.query(tag=tag)]


def tags_of(site):
    return {tag for a in site.query() for tag in a["tags"]}


def options(site, a):
    read = site.options("options")
    return [read.get("color"), read.get("deep", {}).get("x"), a["slug"]]


def place(site, a):
    return [site.places.get(a["path"]), a["slug"]] if a["faq"] else [len(a["faq"])]


def address(site, a):
    made = "concl.txt" in site.exports
    return [made, site.settings["url"] if made else None, a["slug"]]


def at(name):
    return lambda site, a: "%s/%s" % (a["slug"], name)


def when(wanted, name):
    return lambda site, a: "%s/%s" % (a["slug"], name) if wanted(a) else None


EXPORTS = {
    "answer.txt": Export("answer", "article", answer, when(lambda a: len(a["faq"]) > 1, "answer.txt")),
    "count.txt": Export("count", "article", lambda s, a: [len(a["faq"]), a["slug"]], at("count.txt")),
    "concl.txt": Export("concl", "article", lambda s, a: [a["conclusion"] is None, a["slug"]],
                        at("concl.txt")),
    "meta.txt": Export("meta", "article", lambda s, a: [scalar(a["meta"].get("foo")), a["slug"]],
                       at("meta.txt")),
    "pairs.txt": Export("pairs", "article",
                        lambda s, a: [[(k, scalar(v)) for k, v in a["meta"].items()], a["slug"]],
                        at("pairs.txt")),
    "dotted.txt": Export("dotted", "article", lambda s, a: dotted(s, a) + [a["slug"]],
                         at("dotted.txt")),
    "cell.txt": Export("cell", "article", lambda s, a: cell(s, a) + [a["slug"]], at("cell.txt")),
    "feed.txt": Export("feed", "site", feed, lambda s, a: "feed.txt"),
    "other.txt": Export("other", "article", lambda s, a: other(s, a) + [a["slug"]], at("other.txt")),
    "now.txt": Export("now", "site", lambda s, a: [s.now], lambda s, a: "now.txt"),
    "lang.txt": Export("now", "site", lambda s, a: [s.settings["lang"], s.settings["title"]],
                       lambda s, a: "lang.txt"),
    "options.txt": Export("options", "article", options, at("options.txt")),
    "mod.txt": Export("mod", "article", lambda s, a: [a["words"], a["slug"]], at("mod.txt"),
                      lambda sources: ["mod/init.lua", used_by(sources, "mod/init.lua")]),
    "tpl.html": Export("tpl", "article", lambda s, a: [a["title"], a["slug"]], at("tpl.html"),
                       lambda sources: ["tpl/init.lua", "tpl/x.html", used_by(sources, "tpl/x.html")]),
    "tag.txt": Export("tags", "tags", tagged, None),
    "cmp.txt": Export("cmp", "comparisons", lambda s, a: [a["slug"]], None),
    "place.txt": Export("place", "article", place, when(lambda a: a["faq"], "place.txt")),
    "address.txt": Export("address", "article", address, at("address.txt")),
    "list.txt": Export("address", "site", lambda s, a: [sorted(s.exports)], lambda s, a: "list.txt"),
}
NAMES = sorted({e.plugin for e in EXPORTS.values()})

# The plugins themselves. Each says when it runs; `VARIANT` shows in the output.

HEAD = 'local fascia = require "fascia"\nlocal VARIANT = "v1"\n'
ONE = HEAD + '''return { exports = { ["%s"] = { each = "article", path = "{slug}/{name}",
render = function(article, out, site, options)
  print("RUN %s " .. article.path)
%s
  out:write(VARIANT, "\\n")
end } } }
'''
WHEN = HEAD + '''return { exports = { ["%s"] = { each = "article", path = "{slug}/{name}",
when = function(article) print("RUN %s " .. article.path) return %s end,
render = function(article, out, site, options)
%s
  out:write(VARIANT, "\\n")
end } } }
'''
SITE = '''["%s"] = { each = "site", path = "{name}", render = function(site, out)
  print("RUN %s")
%s
  out:write(VARIANT, "\\n")
end }'''

BODIES = {
    "count": "out:write(#article.faq)",
    "concl": "out:write(article.conclusion and 'ends' or 'goes on')",
    "meta": "local foo = article.meta.foo\n  out:write(type(foo) == 'userdata' and 'compound' or tostring(foo))",
    "pairs": "for k, v in pairs(article.meta) do\n"
             "    out:write(k, '=', type(v) == 'userdata' and 'compound' or tostring(v), '\\n') end",
    "dotted": "local inner = article.meta['a.b']\n"
              "  out:write(inner and tostring(inner.c) or 'nothing')",
    "cell": "local table = article.comparisons[1]\n  local row = table and table.rows[2]\n"
            "  local cell = row and row.cells[2]\n  out:write(cell and cell.text or 'no cell')",
    "other": "for _, a in ipairs(site:articles { sort = 'title', limit = 1 }) do\n"
             "    out:write(#a.faq, a.summary or '') end",
    "options": "out:write(tostring(options.color), tostring(options.deep and options.deep.x))",
}


def used_by(sources, path):
    found = re.search(r"part-[ab]|helper_[ab]", sources[path]).group()
    return ("tpl/%s.html" if found.startswith("part") else "mod/%s.lua") % found


def other_file(text):
    swap = {"part-a": "part-b", "part-b": "part-a", "helper_a": "helper_b", "helper_b": "helper_a"}
    return re.sub(r"part-[ab]|helper_[ab]", lambda m: swap[m.group()], text)


def next_variant(text):
    return VARIANT.sub(lambda m: "v%d" % (int(m.group(1)) + 1), text, count=1)


# No oracle knows when these run; what they say must be what a clean build's say.
CHECKS = '''return { checks = {
["spot"] = function(article, warn)
  for _, link in ipairs(article.links) do warn(link, VARIANT .. link.url) end
  for i in ipairs(article.tags) do warn(article.tags, "tag", { field = i }) end
  if article.conclusion then warn(article.conclusion, "ends") end
  if not article.date then warn(article, "no date", { field = "date", help = article.title }) end
end,
["newest"] = function(article, warn, site)
  local first = site:articles { sort = "-date", limit = 1 }[1]
  if first and first.id == article.id then warn(article, "newest " .. site.now) end
end,
["same"] = { each = "site", run = function(site, warn)
  local seen = {}
  for _, article in ipairs(site:articles { sort = "title" }) do
    if seen[article.words] then warn(article, "as long as " .. seen[article.words]) end
    seen[article.words] = article.title
  end
end },
}, '''


def name_of(path):
    return path.partition("/")[0].removesuffix(".lua")


def sources():
    """Every file of the plugins folder."""
    files = {name + ".lua": ONE % (name + ".txt", name + ".txt", "  " + body)
             for name, body in BODIES.items()}
    files["answer.lua"] = WHEN % ("answer.txt", "answer.txt", "article.faq[2] ~= nil",
                                  "  out:write(article.faq[2].answer.text)")
    files["place.lua"] = WHEN % ("place.txt", "place.txt", "article.faq[1] ~= nil",
                                 "  fascia.warn(article.faq[1], 'here', 'place')\n  out:write('placed')")
    files["place.lua"] = files["place.lua"].replace("return { exports", CHECKS + "exports", 1)
    files["feed.lua"] = HEAD + "return { exports = { %s } }\n" % (SITE % ("feed.txt", "feed.txt", '''
  for _, a in ipairs(site:articles { tag = "tea", sort = "-date", limit = 5 }) do
    out:write(a.title, "\\n") end'''))
    files["now.lua"] = HEAD + "return { exports = { %s, %s } }\n" % (
        SITE % ("now.txt", "now.txt", "  out:write(site.now)"),
        SITE % ("lang.txt", "lang.txt", "  out:write(site.lang, site.title)"))
    files["mod/init.lua"] = ONE % ("mod.txt", "mod.txt",
                                   "  out:write(require('helper_a').text(article.words))")
    for which in "ab":
        files["mod/helper_%s.lua" % which] = (
            'return { text = function(n) return "%s" .. n .. "v1" end }\n' % which)
        files["tpl/part-%s.html" % which] = "<p>%s v1</p>\n" % which
    files["tpl/x.html"] = '<p>v1 {{ article.title }}</p>\n{%% include "part-a.html" %%}\n'.replace("%%", "%")
    files["tpl/init.lua"] = HEAD + '''local template = fascia.template.file("tpl/x.html")
return { exports = { ["tpl.html"] = { each = "article", path = "{slug}/{name}",
render = function(article, out)
  print("RUN tpl.html " .. article.path)
  template(out, { article = article })
  out:write(VARIANT)
end } } }
'''
    files["tags.lua"] = HEAD + '''return { exports = { ["tag.txt"] = {
each = function(site)
  local seen, list = {}, {}
  for _, article in ipairs(site:articles()) do
    for _, tag in ipairs(article.tags) do
      if not seen[tag] then
        seen[tag] = { key = tag, articles = {} }
        list[#list + 1] = seen[tag]
      end
      table.insert(seen[tag].articles, article)
    end
  end
  return list
end,
path = "tags/{key}.txt",
render = function(tag, out)
  print("RUN tag.txt " .. tag.key)
  for _, article in ipairs(tag.articles) do out:write(article.title, "\\n") end
  out:write(VARIANT)
end,
} } }
'''
    files["cmp.lua"] = HEAD + '''return { exports = { ["cmp.txt"] = { each = "article.comparisons",
path = "{slug}/cmp{-n}.txt",
render = function(comparison, out, site, options, article)
  print("RUN cmp.txt " .. article.path)
  out:write(comparison.title or "", VARIANT)
end } } }
'''
    files["address.lua"] = HEAD + '''return { exports = { ["address.txt"] = { each = "article",
path = "{slug}/{name}",
render = function(article, out, site)
  print("RUN address.txt " .. article.path)
  out:write(tostring(site:export_url("concl.txt", article)), VARIANT)
end },
%s } }
''' % (SITE % ("list.txt", "list.txt", "  out:write(table.concat(site:exports(), ' '))"))
    return files
