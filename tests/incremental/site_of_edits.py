"""A small site that lives: articles as records, each written down in a style of its own, and the
random edits that happen to them, to the plugins and to the settings."""

import json
import textwrap

import plugins

WORDS = ("amber basin cedar delta ember fjord grove harbor island jetty kettle lagoon meadow north "
         "orchard pebble quarry river summit timber umber valley willow yarrow zephyr").split()
TAGS = ["tea", "rope", "moss", "salt"]
BROKEN = [b"---\ntitle: \"never closed\n---\n\nText.\n",
          b"---\ntitle: one\ntitle: two\n---\n\nText.\n",
          b"---\ntitle: half a letter \xc3\n---\n"]


def phrase(rng, low=2, high=6):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(low, high)))


def sentence(rng, low=6, high=30):
    return phrase(rng, low, high).capitalize() + "."


class Article:
    """What an article says (equal records make equal models), and how it is written down."""

    def __init__(self, rng, name):
        self.title, self.slug, self.draft = phrase(rng).capitalize(), None, False
        self.date = "2024-%02d-%02d" % (rng.randint(1, 12), rng.randint(1, 28))
        self.tags = rng.sample(TAGS, rng.randint(0, 3))
        self.meta = {"foo": rng.randint(1, 9)} if rng.random() < 0.5 else {}
        self.intro = [sentence(rng) for _ in range(rng.randint(1, 3))]
        self.sections = [[phrase(rng).capitalize(), sentence(rng)] for _ in range(rng.randint(0, 3))]
        self.faq = [[phrase(rng).capitalize() + "?", sentence(rng)] for _ in range(rng.randint(0, 4))]
        self.tables = [self.table(rng) for _ in range(rng.choice((0, 0, 1, 2)))]
        self.pros = [phrase(rng) for _ in range(rng.choice((0, 2, 3)))]
        self.conclusion = sentence(rng) if rng.random() < 0.5 else None
        self.wrap, self.quote, self.comment = 0, "", ""
        self.name = name

    @staticmethod
    def table(rng):
        return {"title": phrase(rng).capitalize(), "columns": ["Tea", "Coffee"],
                "rows": [[w.capitalize(), phrase(rng, 1, 2), phrase(rng, 1, 2)]
                         for w in rng.sample(WORDS, 3)]}

    def front(self):
        title = self.title if not self.quote else self.quote + self.title + self.quote
        yield "title: " + title
        yield "date: " + self.date
        if self.tags:
            yield ("tags: [%s]" % ", ".join(self.tags) if not self.quote else
                   "tags:\n" + "\n".join("  - %s%s%s" % (self.quote, tag, self.quote)
                                         for tag in self.tags))
        if self.slug:
            yield "slug: " + self.slug
        if self.draft:
            yield "draft: true"
        for key, value in self.meta.items():
            yield "%s: %s" % (key, json.dumps(value))

    def paragraph(self, text):
        return textwrap.fill(text, self.wrap) if self.wrap else text

    def body(self):
        yield from map(self.paragraph, self.intro)
        for title, text in self.sections:
            yield "## %s\n\n%s" % (title, self.paragraph(text))
        for table in self.tables:
            yield "## %s\n\n| | %s |\n|---|---|---|\n%s" % (
                table["title"], " | ".join(table["columns"]),
                "\n".join("| %s |" % " | ".join(row) for row in table["rows"]))
        if self.pros:
            yield "## Pros of tea\n\n" + "\n".join("- " + text for text in self.pros)
        if self.faq:
            yield "## FAQ\n\n" + "\n\n".join("### %s\n\n%s" % (question, self.paragraph(answer))
                                            for question, answer in self.faq)
        if self.conclusion:
            yield "## Conclusion\n\n" + self.paragraph(self.conclusion)

    def text(self):
        lines = [self.comment] if self.comment else []
        lines += self.front()
        return ("---\n%s\n---\n\n%s\n" % ("\n".join(lines), "\n\n".join(self.body()))).encode()


class Site:
    def __init__(self, rng, articles=25):
        self.rng = rng
        self.count = 0
        self.articles = {}
        for _ in range(articles):
            self.add()
        self.plugins = plugins.sources()
        self.removed_plugins = {}
        self.title, self.lang, self.comment = "A living site", "en", ""
        self.options = {"options": {"color": "red"}}
        self.exports = None
        self.broken = {}  # path in content/ → bytes on disk; the articles are the last good ones

    # What lies on disk

    def settings(self):
        data = {"title": self.title, "url": "https://living.example", "lang": self.lang,
                "exports": self.made(), "plugins": self.options}
        return (self.comment + "".join("%s: %s\n" % (key, json.dumps(value))
                                       for key, value in data.items())).encode()

    def available(self):
        return [name for name, e in plugins.EXPORTS.items()
                if e.plugin not in self.removed_plugins] + ["article.json"]

    def made(self):
        return sorted(name for name in self.available()
                      if self.exports is None or name in self.exports)

    def good_files(self):
        """Every file as it should be read, by its path in the site."""
        files = {"content/" + path: article.text() for path, article in self.articles.items()}
        files["content/site.yaml"] = self.settings()
        files.update(("plugins/" + path, text.encode()) for path, text in self.plugins.items())
        return files

    def files(self):
        return {**self.good_files(),
                **{"content/" + path: text for path, text in self.broken.items()}}

    # Edits: each changes the site and says what it did, or None when it could not

    def sound(self):
        return [path for path in self.articles if path not in self.broken]

    def pick(self):
        path = self.rng.choice(self.sound())
        return path, self.articles[path]

    def add(self):
        self.count += 1
        name = "%s-%d" % (self.rng.choice(WORDS), self.count)
        folder = self.rng.choice(("", "", "", "deep/", "deep/er/"))
        self.articles[folder + name + ".md"] = Article(self.rng, name)
        return "add " + folder + name

    def edit_add(self):
        return self.add() if len(self.articles) < 40 else None

    def edit_delete(self):
        if len(self.sound()) < 15:
            return None
        path, _ = self.pick()
        del self.articles[path]
        return "delete " + path

    def move(self, new):
        path, article = self.pick()
        target = new(path, article)
        if target in self.articles:
            return None
        self.articles[target] = self.articles.pop(path)
        return "move %s to %s" % (path, target)

    def edit_rename(self):
        self.count += 1
        return self.move(lambda path, _: "%s-%d.md" % (self.rng.choice(WORDS), self.count))

    def edit_folder(self):
        folder = self.rng.choice(("", "deep/", "other/", "deep/er/"))
        return self.move(lambda path, _: folder + path.rpartition("/")[2])

    def edit_answer(self):
        path, article = self.pick()
        if not article.faq:
            return None
        n = self.rng.randrange(len(article.faq))
        article.faq[n][1] = sentence(self.rng)
        return "answer %d of %s" % (n + 1, path)

    def edit_question(self):
        path, article = self.pick()
        if article.faq and self.rng.random() < 0.5:
            del article.faq[self.rng.randrange(len(article.faq))]
            return "a question less in " + path
        article.faq.insert(self.rng.randint(0, len(article.faq)),
                           [phrase(self.rng).capitalize() + "?", sentence(self.rng)])
        return "a question more in " + path

    def edit_intro(self):
        path, article = self.pick()
        article.intro[self.rng.randrange(len(article.intro))] = sentence(self.rng)
        return "intro of " + path

    def edit_sections(self):
        path, article = self.pick()
        if article.sections and self.rng.random() < 0.4:
            article.sections.pop(self.rng.randrange(len(article.sections)))
        else:
            article.sections.insert(self.rng.randint(0, len(article.sections)),
                                    [phrase(self.rng).capitalize(), sentence(self.rng)])
        return "sections of " + path

    def edit_table(self):
        path, article = self.pick()
        if not article.tables:
            article.tables.append(article.table(self.rng))
            return "a first table in " + path
        table = self.rng.choice(article.tables)
        self.rng.choice(table["rows"])[self.rng.randint(1, 2)] = phrase(self.rng, 1, 2)
        return "a cell in " + path

    def edit_tables(self):
        path, article = self.pick()
        if article.tables and self.rng.random() < 0.5:
            article.tables.pop(self.rng.randrange(len(article.tables)))
            return "a table less in " + path
        article.tables.insert(0, article.table(self.rng))
        return "a table more in " + path

    def edit_pros(self):
        path, article = self.pick()
        article.pros = [phrase(self.rng) for _ in range(self.rng.choice((0, 1, 3)))]
        return "pros of " + path

    def edit_conclusion(self):
        path, article = self.pick()
        article.conclusion = self.rng.choice((None, sentence(self.rng), sentence(self.rng)))
        return "conclusion of " + path

    def edit_title(self):
        path, article = self.pick()
        article.title = phrase(self.rng).capitalize()
        return "title of " + path

    def edit_tags(self):
        path, article = self.pick()
        article.tags = self.rng.sample(TAGS, self.rng.randint(0, 4))
        return "tags of " + path

    def edit_date(self):
        path, article = self.pick()
        article.date = "2024-%02d-%02d" % (self.rng.randint(1, 12), self.rng.randint(1, 28))
        return "date of " + path

    def edit_draft(self):
        path, article = self.pick()
        drafts = [p for p in self.sound() if self.articles[p].draft]
        if drafts and (len(drafts) > 4 or self.rng.random() < 0.6):
            path = self.rng.choice(drafts)
        self.articles[path].draft = not self.articles[path].draft
        return "draft %s of %s" % (self.articles[path].draft, path)

    def edit_slug(self):
        path, article = self.pick()
        self.count += 1
        article.slug = None if article.slug else "slug-%d" % self.count
        return "slug %s of %s" % (article.slug, path)

    def edit_swap_slugs(self):
        (one, a), (two, b) = self.pick(), self.pick()
        if one == two:
            return None
        self.count += 1
        a.slug, b.slug = (b.slug or "swap-%d" % self.count), (a.slug or "swap-%d-b" % self.count)
        return "slugs of %s and %s" % (one, two)

    def edit_meta(self):
        path, article = self.pick()
        key = self.rng.choice(("foo", "bar", "a.b"))
        if key in article.meta and self.rng.random() < 0.4:
            del article.meta[key]
        elif key == "a.b":
            article.meta[key] = self.rng.choice(({"c": 1}, {"c": 2}, {"d": 1}, {}))
        else:
            article.meta[key] = self.rng.choice((self.rng.randint(1, 9), phrase(self.rng, 1, 2),
                                                 [1, 2], {"x": self.rng.randint(1, 3)}))
        return "meta.%s of %s is %s" % (key, path, article.meta.get(key))

    def edit_order_of_meta(self):
        path, article = self.pick()
        article.meta = dict(reversed(article.meta.items()))
        return "order of meta of " + path if len(article.meta) > 1 else None

    def edit_wrap(self):
        path, article = self.pick()
        article.wrap = self.rng.choice((0, 40, 60, 72))
        return "wrap %d of %s" % (article.wrap, path)

    def edit_quotes(self):
        path, article = self.pick()
        article.quote = self.rng.choice(("", '"', "'"))
        return "quotes %s of %s" % (article.quote, path)

    def edit_comment(self):
        path, article = self.pick()
        article.comment = "\n".join("# " + w for w in self.rng.sample(WORDS, self.rng.randint(0, 3)))
        return "comment in " + path

    def edit_settings_title(self):
        self.title = phrase(self.rng).capitalize()
        return "site title"

    def edit_settings_lang(self):
        if self.broken:
            return None  # a last good reading stays as it was read
        self.lang = self.rng.choice(("en", "de", "ur"))
        return "site lang " + self.lang

    def edit_settings_comment(self):
        self.comment = "# %s\n" % phrase(self.rng) * self.rng.randint(0, 2)
        return "comment in site.yaml"

    def edit_options(self):
        which = self.rng.randint(0, 3)
        if which == 0:
            self.options = {"answer": {"unread": phrase(self.rng, 1, 1)}, **self.options}
        elif which == 1:
            self.options = {"options": {"color": phrase(self.rng, 1, 1)}}
        elif which == 2:
            self.options = {"options": {"deep": {"x": self.rng.randint(1, 3)}, "color": "red"}}
        else:
            self.options = {}
        return "options %s" % self.options

    def edit_exports(self):
        if self.exports is None:
            self.exports = set(self.rng.sample(self.available(), len(self.available()) - 3))
            self.exports.add("article.json")
        else:
            self.exports = None
        return "exports"

    def edit_plugin(self):
        path = self.rng.choice(sorted(self.plugins))
        old = self.plugins[path]
        self.plugins[path] = plugins.next_variant(old)
        return "edit " + path

    def edit_required(self):
        """The plugin asks for its other module, or its template for its other part."""
        path = self.rng.choice(("mod/init.lua", "tpl/x.html"))
        if path not in self.plugins:
            return None
        self.plugins[path] = plugins.other_file(self.plugins[path])
        return "other file in " + path

    def edit_remove_plugin(self):
        if self.removed_plugins:
            name = self.rng.choice(sorted(self.removed_plugins))
            self.plugins.update(self.removed_plugins.pop(name))
            return "put back plugin " + name
        name = self.rng.choice(sorted(plugins.NAMES))
        own = {path: text for path, text in self.plugins.items() if plugins.name_of(path) == name}
        for path in own:
            del self.plugins[path]
        self.removed_plugins[name] = own
        return "remove plugin " + name

    def edit_heal(self):
        if not self.broken:
            return None
        path = self.rng.choice(sorted(self.broken))
        del self.broken[path]
        return "heal " + path

    def break_one(self):
        path, _ = self.pick()
        self.broken[path] = self.rng.choice(BROKEN)
        return "break " + path

    def edit(self):
        """One random edit."""
        common = (self.edit_answer, self.edit_intro, self.edit_title, self.edit_question,
                  self.edit_sections, self.edit_table)
        every = [getattr(self, name) for name in sorted(dir(self)) if name.startswith("edit_")]
        while True:
            said = self.rng.choice(common if self.rng.random() < 0.25 else every)()
            if said:
                return said
