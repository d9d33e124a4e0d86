-- What does not change with the style sheet.
local function main_of(page)
  return page:match("<main.*</main>\n?")
end

describe("page.html", function()
  local tea, at_home
  before_each(function()
    tea = fixture "tea.md"
    at_home = site { title = "Leaves", url = "https://tea.example", articles = { tea } }
  end)

  it("shows all of the article", function()
    local text, path = render("page.html", tea, at_home)
    assert.equal("tea/index.html", path)
    assert.golden("tea.html", main_of(text))
  end)

  it("says where it stands, once the site has an address", function()
    assert.contains('<link rel="canonical" href="https://tea.example/tea/">',
      (render("page.html", tea, at_home)))
    assert.not_contains("canonical", (render("page.html", tea)))
  end)

  it("escapes what is no markup", function()
    local odd = article "---\ntitle: 'Tea & <Herbs>'\n---\nHot.\n"
    assert.contains("<title>Tea &amp; &lt;Herbs&gt;</title>", (render("page.html", odd)))
  end)
end)

describe("an article as itself", function()
  it("is plain text under its title", function()
    assert.equal("Tea\n===\n\nHot, and *so* on.\n",
      (render("article.txt", article "---\ntitle: Tea\n---\nHot, and \\*so\\* on.\n")))
  end)

  it("is Markdown again", function()
    assert.equal("# Tea\n\n- one\n- two\n",
      (render("article.md", article "---\ntitle: Tea\n---\n* one\n* two\n")))
  end)

  it("is bare HTML", function()
    assert.matches("^<p>Hot.</p>", (render("body.html", article "---\ntitle: Tea\n---\nHot.\n")))
  end)

  it("is JSON, with an indent for people", function()
    local tea = article "---\ntitle: Tea\n---\nHot.\n"
    local wide = site { plugins = { article = { indent = 2 } }, articles = { tea } }
    assert.contains('"title":"Tea"', (render("article.json", tea)))
    assert.contains('\n  "title": "Tea"', (render("article.json", tea, wide)))
  end)
end)
