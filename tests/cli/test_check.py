#!/usr/bin/python3
"""Checks of plugins: what they may say, and how they are tested."""

import harness

TEA = """\
local fascia = require "fascia"
return { checks = {
  ["tea-hot"] = {
    summary = "the tea is too hot", explain = "Let it stand.", severity = "error",
    run = function(article, warn, site, options)
      if article.title == "Hot" then warn(article, "too hot", { field = "title", help = "wait" }) end
      for i, tag in ipairs(article.tags) do
        if tag == "odd" then warn(article.tags, "odd", { field = i }) end
      end
      if article.meta.titel then fascia.warn(article.meta, "mistyped", { field = "titel" }) end
      if site.lang == "de" then warn(site, "zu heiß", { field = "lang" }) end
      if options.all then warn(nil, "all is wrong") end
    end },
  ["tea-twice"] = { each = "site", run = function(site, warn)
    local titles = {}
    for _, article in ipairs(site:articles { sort = "path" }) do
      if titles[article.title] then warn(article, "twice", { field = "title" }) end
      titles[article.title] = true
    end
  end },
  ["tea-short"] = function(article, warn) return article.titel end,
  ["tea-keys"] = function(article, warn) warn(article, "x", { feld = "title" }) end,
} }
"""


class Testing(harness.ProgramTest):
    """check("CODE", thing) in a test file."""

    def run_test(self, body, status=0):
        self.write({"content/site.yaml": "title: Real\n", "plugins/tea.lua": TEA,
                    "plugins/tea_test.lua": 'it("t", function()\n%s\nend)\n' % body})
        return self.fascia("test", "tea", status=status)

    def says(self, warnings, check):
        self.run_test("""\
local function lines(list)
  local all = {}
  for i, w in ipairs(list) do
    all[i] = ("%%s:%%d:%%d %%s %%s [%%s] %%s"):format(w.path:match("[^/]+$"), w.line, w.col,
      w.severity, w.text, w.code, w.help)
  end
  return table.concat(all, "\\n")
end
local hot, odd = article [[
---
title: Hot
---
]], article { path = "odd.md", text = [[
---
title: Odd
titel: Hot
tags: [a, odd]
---
]] }
assert.equal(%s, lines(%s))""" % ("[[%s]]" % warnings, check))

    def test_a_warning_points_at_a_field_and_has_help(self):
        self.says("tea_test.lua:12:8 error too hot [tea-hot] wait", 'check("tea-hot", hot)')

    def test_a_warning_points_at_an_item_and_at_a_key_of_front_matter(self):
        self.says("tea_test.lua:18:11 error odd [tea-hot] nil\n"
                  "tea_test.lua:17:8 error mistyped [tea-hot] nil",
                  'check("tea-hot", odd)')

    def test_a_site_says_how_severe_a_check_is(self):
        self.says("tea_test.lua:12:8 info too hot [tea-hot] wait",
                  'check("tea-hot", hot, site { articles = { hot }, checks = { ["tea-hot"] = "info" } })')

    def test_a_warning_points_at_a_setting(self):
        self.says("tea_test.lua:12:8 error too hot [tea-hot] wait\n"
                  "site.yaml:1:9 error zu heiß [tea-hot] nil",
                  'check("tea-hot", hot, site { articles = { hot }, lang = "de" })')

    def test_a_check_may_be_of_the_site(self):
        self.says("tea_test.lua:16:8 warning twice [tea-twice] nil",
                  'check("tea-twice", site { articles = { odd, article "# Odd" } })')

    def test_what_is_wrong_with_a_test_is_said(self):
        for body, text in (
                ('check("tea-hott", article "x")', "has no check 'tea-hott'; did you mean 'tea-hot'?"),
                ('check("tea-hot", site {})', "check 'tea-hot' is for an article"),
                ('check("tea-twice", article "x")', "check 'tea-twice' is for a site"),
                ('check("tea-keys", article "x")', "a warning has no 'feld'; did you mean 'field'?"),
                ('check("tea-short", article "x")', "no field 'titel'; did you mean 'title'?")):
            with self.subTest(body):
                message = self.only_message(self.run_test(body, status=1))
                self.assertIn(text, message.text)


harness.main()
