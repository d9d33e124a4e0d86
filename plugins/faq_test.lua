-- Run by `fascia test faq`. What may stand here: core/prelude/test.lua.

local TEA = [[
---
title: Tea
---

## FAQ

### Does it keep?

A year, "or so".

### Is it hot?

[Mostly](other.md), yes.
]]

describe("faq.csv", function()
  local tea
  before_each(function() tea = article(TEA) end)

  it("quotes what a spreadsheet would take apart", function()
    local text, path = render("faq.csv", tea)
    assert.equal("article/faq.csv", path)
    assert.contains('\r\ndoes-it-keep,Does it keep?,"A year, ""or so"".","<p>', text)
  end)

  it("links each question when the site has an address", function()
    local at_home = site { url = "https://tea.example", articles = { tea } }
    assert.contains("https://tea.example/article/#is-it-hot\r\n", (render("faq.csv", tea, at_home)))
    assert.not_contains("https://tea.example", (render("faq.csv", tea)))
  end)

  it("can begin with the mark that old spreadsheets look for", function()
    local marked = site { plugins = { faq = { bom = true } }, articles = { tea } }
    assert.matches("^\u{FEFF}id,question,", (render("faq.csv", tea, marked)))
  end)
end)

describe("faq.jsonld", function()
  it("is what search engines read", function()
    assert.golden("faq.jsonld", (render("faq.jsonld", article(TEA))))
  end)
end)

describe("faq.md", function()
  it("is a heading a question", function()
    assert.equal([[
## Does it keep?

A year, "or so".

## Is it hot?

[Mostly](other.md), yes.
]], (render("faq.md", article(TEA))))
  end)
end)

describe("every export", function()
  it("is left out where nothing is asked", function()
    for _, name in ipairs { "faq.csv", "faq.jsonld", "faq.html", "faq.md" } do
      assert.is_nil(render(name, article "# Tea\n\nIt is hot.\n"))
    end
  end)
end)

describe("an answer that a spreadsheet would run", function()
  it("is told, but neither a list nor a number is one", function()
    local function found(answer)
      return #check("csv-formula", article(("## FAQ\n\n### Is it?\n\n%s\n"):format(answer)))
    end
    assert.equal(1, found "=1+1")
    assert.equal(1, found "+49-30-1234")
    for _, text in ipairs { "- one\n- two", "\\-5 °C", "\\-5", "\\+20%", "–", "\\-" } do
      assert.equal(0, found(text), text)
    end
  end)
end)
