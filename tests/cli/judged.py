"""The site that the judges look at: what is made of it is read by programs that are not ours."""

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import harness
import judge_html

URL = "https://judges.example/base/"

# Text that tries to break out of whatever it is put in.
HARD = """\
---
title: 'Hard <b>&amp; "quoted"</b> ''text'' ]]> </script><!-- \u2028 — end'
date: 2025-06-07T23:59:59-03:30
updated: 2025-06-08
authors: ["Ann <ann@a.example>", "O'Neil, Zoë"]
tags: ["a,b", "<c>", "d \\"e\\"", " = 1+1"]
summary: 'Sum & <mary> ]]> "x"'
id: hard/one two
faq:
  - question: 'Is </script> <script>alert("1")</script> a "question", or not?'
    answer: 'Yes: `</script>`, **bold**, ]]> & [a link](../other/?a=1&b=2#c "t").'
  - question: '=HYPERLINK("x")'
    answer: |
      +1, "two"

      - three
      - four\\
        five
---

Lede with <b>raw</b> HTML, a [link](other.html) and ![an "image"](a%20b.png).

## Comparison & "Quotes"

| Feature, or | A "quoted" | B \\| pipe |
|---|---|---|
| Line, one | `code` | =1+1 |
| "All" | [x](y) | @home<br>two |

## FAQ

### What about `code` & *stars*?

A paragraph with trailing backslash\\\\ and
a second line.

> A quote.

```html
<p>no</p>
```
"""

# What CommonMark writes in more than one way, for article.md to write in one.
MARKDOWN = """\
# Round Trip

Plain *emphasis*, **strong**, ***both***, _under_, __score__, `code`, ``co`de``, ` `` `, ~~gone~~.
Intra*word*emphasis, 2 \\* 3 * 4, snake_case_name, \\_x\\_, 1\\. no list, a\\
hard break, another  
here. &copy; &amp; &lt;b&gt; < > & " ' \\` \\\\ \\# # \\[a\\](b) [a] !\\[x\\](y)
https://bare.example

Setext *one*
============

Setext two
----------

### Closed ###

#### # hashes \\##

- tight
- list
  - nested

    loose inside
  - nested
- + deep
  + er

* other

* loose

1) one
2) two
   ```lang info
   code
   ```

7. seven
8. eight

> quote
> > nested
> - list in quote
lazy

    indented code

        deeper

```
fence with ``` inside? no
~~~
```

~~~~ html
```
~~~
~~~~

<div>
html *block*
</div>

Inline <span title="a > b">html</span> and <!-- comment --> end.

[inline](<a b> "t'i\\"t") [paren](a(b)c) [ref][r] [r] [empty]() <https://auto.example/?a=b&c=d> <m@a.example>

![alt *text*](i.png 'title') [![badge](b.png)](link)

| a | b | c | d |
|---|:--|:-:|--:|
| `xy` | \\| | *e* | |
| 1 | 2 |

- [ ] open
- [x] done

***
---
___

\\* no list

\\_ \\_ \\_

\\# no heading

\\> no quote

\\- no list

\\+ no list

1\\) no list

\\~~~ no fence

\\<b> &lt;!-- &amp;amp; \\[r] \\![a](b) a\\*b\\* \\`c\\`

Text with a rule that is none
\\===
and
\\---
and
\\| a | b |
\\|---|---|

Ends with a number
1986\\. Yes. \\- no \\+ no \\> no

+ a

  b
+ c

[r]: <ref url> (ref title)
"""


class JudgedTest(harness.ProgramTest):
    """One site for all judges: the sample content, and text that tries to break out."""

    at = None

    @classmethod
    def setUpClass(cls):
        cls.site = Path(tempfile.mkdtemp(prefix="fascia-judges-"))
        cls.addClassCleanup(shutil.rmtree, cls.site, ignore_errors=True)
        shutil.copytree(harness.TESTS.parent / "content", cls.site / "content")
        settings = cls.site / "content/site.yaml"
        text = settings.read_text() if settings.exists() else ""
        settings.write_text(re.sub(r"(?m)^(url|title|exports):.*\n", "", text) +
                            "\nurl: %s\ntitle: 'Judges & <Co>'\n" % URL)
        (cls.site / "content/hard.md").write_text(HARD)
        (cls.site / "content/round.md").write_text(MARKDOWN)
        for site in sorted((harness.TESTS / "golden").glob("*/content")):
            for path in site.glob("*.md"):
                shutil.copy(path, cls.site / "content" / ("%s-%s" % (site.parent.name, path.name)))
        done = subprocess.run([str(harness.FASCIA), "build", "--messages=short"], cwd=cls.site,
                              env=harness.environment(), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=harness.HANGS_SECONDS)
        if done.returncode:
            raise AssertionError(done.stderr.decode())
        cls.public = cls.site / "public"

    def outputs(self, pattern):
        found = sorted(path for path in self.public.rglob(pattern))
        self.assertTrue(found, pattern)
        return found

    def each(self, pattern):
        """Each output that has this name; failures tell which it was."""
        for path in self.outputs(pattern):
            self.at = path.relative_to(self.public)
            yield path

    def _formatMessage(self, message, standard):
        said = super()._formatMessage(message, standard)
        return "%s: %s" % (self.at, said) if self.at else said

    def html(self, source, page=False):
        """As a tree; the source is text or a path."""
        try:
            return judge_html.read(source if isinstance(source, str) else source.read_text(), page)
        except AssertionError as error:
            self.fail(error)

    def articles(self):
        """article.json by folder."""
        return {path.parent: json.loads(path.read_text()) for path in self.outputs("article.json")}

    def article(self, path):
        return json.loads((path.parent / "article.json").read_text())

    def judge(self, *command, **more):
        return subprocess.run([str(word) for word in command], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=60, **more)
