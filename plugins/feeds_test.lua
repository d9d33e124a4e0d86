local function note(path, day, title)
  return article { path = path, text = ("---\ntitle: %s\ndate: 2026-01-%02d\n---\n%s.\n")
    :format(title, day, title) }
end

local function shop(more)
  local settings = { title = "Notes", url = "https://notes.example", lang = "en",
    articles = { note("a.md", 1, "Old"), note("b.md", 2, "New & bold") } }
  for key, value in pairs(more or {}) do settings[key] = value end
  return site(settings)
end

describe("a feed", function()
  it("has the newest article first", function()
    assert.golden("rss.xml", (render("rss.xml", shop())))
    assert.golden("atom.xml", (render("atom.xml", shop())))
    assert.golden("feed.json", (render("feed.json", shop())))
  end)

  it("ends where the site says", function()
    local text = render("feed.json", shop { plugins = { feeds = { limit = 1 } } })
    assert.contains("New & bold", text)
    assert.not_contains("Old", text)
    assert.error_matches(function()
      render("rss.xml", shop { plugins = { feeds = { limit = "many" } } })
    end, "limit must be a whole number")
  end)

  it("is not made for a site without an address", function()
    assert.is_nil(render("rss.xml", site { articles = { note("a.md", 1, "Old") } }))
  end)
end)
