describe("index.html", function()
  local articles
  before_each(function()
    articles = {
      article { path = "old.md", text = "---\ntitle: Old\ndate: 2026-01-01\n---\nFirst.\n" },
      article { path = "new.md", text = "---\ntitle: New\ndate: 2026-01-02\n---\nSecond.\n" },
    }
  end)

  it("lists what there is, newest first", function()
    local page = render("index.html", site { title = "Notes", articles = articles })
    assert.golden("index.html", page:match("<main.*</main>"))
  end)

  it("stops at its limit", function()
    local one = site { plugins = { index = { limit = 1 } }, articles = articles }
    local text = render("index.html", one)
    assert.contains("New", text)
    assert.not_contains("Old", text)
  end)

  it("runs from right to left where its language does", function()
    assert.contains('<html lang="ar" dir="rtl">', (render("index.html", site { lang = "ar" })))
  end)
end)

local function note(name, day, tags)
  local front = "---\ntitle: %s\ndate: 2026-01-%02d\ntags: [%s]\n---\n"
  return article { path = name .. ".md", text = front:format(name, day, tags) }
end

-- The addresses and texts of the links of a kind.
local function links(kind, page)
  local found = {}
  for address, text in page:gmatch('<a rel="' .. kind .. '" href="([^"]*)">([^<]*)</a>') do
    found[#found + 1] = address .. " " .. text
  end
  return table.concat(found, ", ")
end

describe("index-page.html", function()
  local function notes(per_page, limit)
    return site { title = "Notes", url = "https://notes.example", articles = { note("a", 5, ""),
      note("b", 4, ""), note("c", 3, ""), note("d", 2, ""), note("e", 1, "") },
      plugins = { index = { per_page = per_page, limit = limit } } }
  end

  it("is counted in whole numbers", function()
    for _, wrong in ipairs { 0, "two", 1.5 } do
      assert.error_matches(function() render("index.html", notes(wrong)) end,
        "per_page must be a whole number from 1")
      assert.error_matches(function() render("index.html", notes(2, wrong)) end,
        "limit must be a whole number from 1")
    end
  end)

  it("has what does not fit on the front page", function()
    local here = notes(2)
    local front = render("index.html", here)
    assert.not_contains("<h2>", front:match(">b</a>(.*)"))
    assert.equal("page/2/index.html Older articles", links("next", front))
    assert.equal("", links("prev", front))
    local second, path = render("index-page.html", here, 1)
    assert.equal("page/2/index.html", path)
    assert.matches(">c</a>.*>d</a>", second)
    assert.not_contains(">b</a>", second)
    assert.not_contains(">e</a>", second)
    assert.equal("../../index.html Newer articles", links("prev", second))
    assert.equal("../3/index.html Older articles", links("next", second))
    assert.contains('<link rel="canonical" href="https://notes.example/page/2/">', second)
    local last = render("index-page.html", here, "3")
    assert.contains(">e</a>", last)
    assert.equal("../2/index.html Newer articles", links("prev", last))
    assert.equal("", links("next", last))
  end)

  it("is not there when all fit", function()
    assert.equal("", links("next", (render("index.html", notes(5)))))
    assert.has_error(function() render("index-page.html", notes(5), "2") end)
  end)

  it("ends at the limit", function()
    assert.not_contains(">d</a>", (render("index-page.html", notes(2, 3), "2")))
    assert.equal("", links("next", (render("index-page.html", notes(2, 3), "2"))))
    assert.equal("", links("next", (render("index.html", notes(2, 2)))))
  end)

  it("asks for pages of some size", function()
    assert.error_matches(function() render("index.html", notes(0)) end, "whole number from 1")
  end)
end)

describe("index-tag.html", function()
  local here
  before_each(function()
    here = site { title = "Notes", articles = { note("a", 2, "Hot Tea, hot-tea, '!'"),
      note("b", 3, "HOT TEA"), note("c", 1, "water") } }
  end)

  it("has the articles with a tag, however it is spelt", function()
    local text, path = render("index-tag.html", here, "hot-tea")
    assert.equal("tags/hot-tea/index.html", path)
    assert.contains("<h1>HOT TEA</h1>", text)
    assert.matches(">b</a>.*>a</a>", text)
    assert.not_contains(">c</a>", text)
  end)

  it("is linked where the tag stands", function()
    assert.equal("tags/hot-tea/index.html HOT TEA, tags/hot-tea/index.html Hot Tea, "
      .. "tags/hot-tea/index.html hot-tea, tags/water/index.html water",
      links("tag", (render("index.html", here))))
  end)
end)
