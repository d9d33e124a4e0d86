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
