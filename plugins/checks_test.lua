-- All that the checks of articles say of one, a line each, as golden files have it.
local CODES = { "bidi-control", "broken-anchor", "date-order", "empty-link", "empty-table",
  "evidence-no-year", "faq-empty-answer", "faq-hidden-answer", "image-no-alt", "missing-date",
  "missing-summary", "missing-title", "skipped-heading", "subject-name", "uneven-row",
  "unknown-key" }

local function report(subject)
  local lines = {}
  for _, code in ipairs(CODES) do
    for _, one in ipairs(check(code, subject)) do
      lines[#lines + 1] = ("%d:%d %s: %s [%s]%s\n"):format(one.line, one.col, one.severity,
        one.text, code, one.help and "\n  " .. one.help or "")
    end
  end
  return table.concat(lines)
end

local function texts(warnings)
  local lines = {}
  for i, one in ipairs(warnings) do lines[i] = one.text end
  return table.concat(lines, "\n")
end

describe("what is wrong is told at its place", function()
  for _, name in ipairs { "front", "structure", "answers", "tables", "links", "direction" } do
    it("in " .. name .. ".md", function()
      assert.golden(name .. ".txt", report(fixture(name .. ".md")))
    end)
  end
end)

local function says(expected, code, text)
  assert.equal(expected, texts(check(code, article(text))))
end

describe("front matter", function()
  it("may have keys of its own", function()
    says("", "unknown-key", [[
---
rating: 5
rate: 3
long: 13.4
craft: knitting
site: here
time: 5 min
page: 3
auto: true
type: MedicalWebPage
reading_level: beginner
---
]])
  end)

  it("does not mean a key that it has as well", function()
    says("", "unknown-key", "---\ndate: 2026-01-01\ndates: []\nauthors: [a]\nautor: b\n---\n")
  end)

  it("may have keys that the site names", function()
    local tea = article "---\ntag: tea\n---\n"
    assert.equal(1, #check("unknown-key", tea))
    assert.equal(0, #check("unknown-key", tea, site { articles = { tea },
      plugins = { checks = { keys = { "tag" } } } }))
  end)

  it("needs nothing that the text says", function()
    for _, code in ipairs { "missing-title", "missing-summary" } do
      says("", code, "# Tea\n\nHot.\n")
    end
  end)

  it("is not asked for a date that is no date", function()
    says("", "missing-date", "---\ndate: soon\n---\n")
  end)

  it("compares days, not hours", function()
    says("", "date-order", "---\ndate: 2026-01-02T10:00\nupdated: 2026-01-02\n---\n")
  end)
end)

describe("a comparison and pros of one article", function()
  local function names(heading, column)
    local text = ("## Pros of %s\n\n- x\n\n## Which?\n\n| Factor | %s | Rest |\n"
      .. "| --- | --- | --- |\n| a | b | c |\n"):format(heading, column)
    return #check("subject-name", article(text))
  end

  it("may call a thing alike", function()
    for _, pair in ipairs { { "dry needling", "Dry Needling" }, { "Yoga", "Yoga (60 min)" },
      { "plan A", "Plan B" }, { "type 1", "Type 2" }, { "iron", "steel" }, { "tee", "Tea" },
      { "绿茶", "红茶" }, { "Faszienrollen", "Faszienrolle" },
      { "la bici", "Bici" },
      { "سائیکل چلانا", "سائیکل چلانے" }, { "Grüntee", "Schwarztee" } } do
      assert.equal(0, names(pair[1], pair[2]), pair[2])
    end
  end)

  it("may not call it otherwise", function()
    for _, pair in ipairs { { "dry-needling", "Dry needling" }, { "massage", "Masage" },
      { "Dry Needling", "Dry needling therapy" }, { "E-Bikes", "Ebikes" },
      { "العلاج بالإبر", "العلاج بالإبر الجافة" } } do
      assert.equal(1, names(pair[1], pair[2]), pair[2])
    end
  end)

  it("may be short in all columns of a table", function()
    says("", "subject-name", "## Pros of box kites\n\n- x\n\n## Pros of delta kites\n\n- y\n\n"
      .. "## Which?\n\n| Factor | Box | Delta |\n| --- | --- | --- |\n| a | b | c |\n")
  end)

  it("are two things when each is there under its own name", function()
    says("", "subject-name", "## Pros of tea\n\n- x\n\n## Pros of green tea\n\n- y\n\n## Which?\n\n"
      .. "| Factor | Tea | Green tea |\n| --- | --- | --- |\n| a | b | c |\n")
  end)
end)

describe("anchors", function()
  it("may be of raw HTML, of questions in front matter, or known to browsers", function()
    says("", "broken-anchor", "---\nfaq:\n  - {question: Is it hot?, answer: Yes}\n---\n"
      .. "[a](#is-it-hot) <i id='b'></i> [b](#b) [c](#:~:text=c) [d](#)\n")
  end)
end)

describe("text of another direction", function()
  it("may be closed off", function()
    says("", "bidi-control", "The word \u{2067}שלום\u{2069} and \u{202B}שלום\u{202C}, “so”.\n")
  end)

  it("may have marks, but no address may", function()
    says("", "bidi-control", "a\u{200F}b\n")
    assert.equal(1, #check("bidi-control", article "[a](b%E2%80%8Fc)\n"))
  end)
end)

-- Sites

local function page(path, text)
  return article { path = path, text = text }
end

local function of_site(code, articles, more)
  local settings = more or {}
  settings.articles = articles
  return texts(check(code, site(settings)))
end

describe("articles beside each other", function()
  it("have titles of their own in each language", function()
    assert.equal('title "TEA" is that of a.md as well', of_site("duplicate-title", {
      page("a.md", "# Tea\n"), page("b.md", "# TEA\n"),
      page("c.md", "---\nlang: de\n---\n# Tea\n") }))
  end)

  it("are not of the future", function()
    local function dated(...)
      local list = {}
      for i, day in ipairs { ... } do
        list[i] = page(i .. ".md", ("---\ndate: %s\n---\n"):format(day))
      end
      return list
    end
    assert.equal("this date is 36 years later than that of any other article",
      of_site("future-date", dated("2062-02-03", "2026-01-01", "2025-01-01")))
    assert.equal("", of_site("future-date", dated("2026-01-01", "2023-01-01")))
    assert.equal("", of_site("future-date", dated("2026-01-01")))
    assert.equal("this date is to come\nthis date is to come", of_site("future-date",
      dated("2026-01-03", "2026-01-02", "2026-01-01"), { now = "2026-01-01T12:00:00Z" }))
  end)

  it("do not contradict each other", function()
    local tea = page("tea.md", "# Green tea\n\n- Heat: 80 °C\n- Time: 2 minutes\n")
    local pots = page("pots.md", "# Pots\n\n## Green Tea\n\n- Heat: 70 °C\n- time: 2  Minutes.\n")
    local texts_of = of_site("fact-conflict", { tea, pots })
    assert.matches('^Heat of Green tea is "80 °C" here, but "70 °C" in line %d+ of pots.md$',
      texts_of)
  end)

  it("may use a heading for something else", function()
    assert.equal("", of_site("fact-conflict", {
      page("a.md", "# A\n\n## Preparation\n\n- Time: 2 minutes\n- Pots: 1\n"),
      page("b.md", "# B\n\n## Preparation\n\n- Time: 9 minutes\n- Pots: 2\n") }))
  end)
end)

describe("links to other pages", function()
  local function linked(address, more)
    return of_site("broken-link", {
      page("tea/green.md", "[x](" .. address .. ")\n"),
      page("tea/black.md", "# Black\n\n## Brewing\n"),
      page("guides.md", "---\nslug: guides/kitchen\n---\nx\n") }, more)
  end

  it("lead to pages and their parts", function()
    for _, address in ipairs { "../black/", "../black", "/black/index.html", "../black/#brewing",
      "../guides/kitchen/", "/", "../", "faq.csv", "article.md", "?a=b", "#x", "", "pot.jpg",
      "/other/app/", "mailto:a@b.example", "//cdn.example/x", "https://elsewhere.example/black" } do
      assert.equal("", linked(address), address)
    end
  end)

  it("do not lead where no page will be", function()
    assert.equal('no page will be at "/blak/"', linked "../blak/")
    assert.equal('no page will be at "/green/black/"', linked "black")
    assert.equal('no page will be at "/guides/kitchn/"', linked "/guides/kitchn/")
    assert.equal('nothing in "Black" is called #brewng', linked "../black/#brewng")
  end)

  it("do not lead to sources", function()
    assert.equal("this leads to the source of an article, which is no page", linked "black.md")
    assert.equal('there is no article "blak.md"', linked "blak.md")
    local green = page("green.md", "[x](sub/black.md#y)\n")
    local found = check("broken-link", site { articles = { green, page("sub/black.md", "y\n") } })
    assert.equal("write ../black/", found[1].help)
  end)

  it("may have the site's address", function()
    local here = { url = "https://tea.example/wiki/" }
    assert.equal("", linked("https://tea.example/wiki/black/", here))
    assert.equal("", linked("/shop/", here))
    assert.equal('no page will be at "https://tea.example/wiki/blak/"',
      linked("https://tea.example/wiki/blak/", here))
  end)
end)
