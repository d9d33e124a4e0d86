local pans = [[
---
title: Pans
---

## Iron or steel?

| Factor | Iron | Steel |
| ------ | ---- | ----- |
| Weight | 2 kg, or more | 1 kg |
| Pipe \| ok | yes | no |

## Iron or copper?

| Factor | Iron | Copper |
| ------ | ---- | ------ |
| Looks  | =1+1 | bright |
]]

describe("a comparison", function()
  local article_of_pans
  before_each(function() article_of_pans = article(pans) end)

  it("is a file of its own for each table", function()
    local _, first = render("comparison.csv", article_of_pans.comparisons[1])
    local _, second = render("comparison.csv", article_of_pans.comparisons[2])
    assert.equal("article/comparison.csv", first)
    assert.equal("article/comparison-2.csv", second)
  end)

  it("keeps commas and pipes in their cells", function()
    local table_of_iron = article_of_pans.comparisons[1]
    assert.equal('Factor,Iron,Steel\r\nWeight,"2 kg, or more",1 kg\r\nPipe | ok,yes,no\r\n',
      (render("comparison.csv", table_of_iron)))
    assert.contains("| Pipe \\| ok | yes | no |\n", (render("comparison.md", table_of_iron)))
  end)

  it("shows formulas as text when asked to", function()
    local guarded = site { plugins = { comparison = { formula_guard = true } },
      articles = { article_of_pans } }
    local second = render("comparison.csv", article_of_pans, guarded, 2)
    assert.contains("\r\nLooks,'=1+1,bright", second)
  end)

  it("is told of cells that a spreadsheet would run", function()
    local found = check("csv-formula", article_of_pans)
    assert.equal(1, #found)
    assert.equal("in comparison.csv, a spreadsheet would run this as a formula", found[1].text)
    assert.equal(0, #check("csv-formula", article_of_pans, site { articles = { article_of_pans },
      plugins = { comparison = { formula_guard = true } } }))
  end)

  it("is a page", function()
    local page = render("comparison.html", article_of_pans.comparisons[1])
    assert.golden("iron-or-steel.html", page:match("<main.*</main>"))
  end)

  it("prints its model as JSON", function()
    assert.matches('"subjects": %[%s*"Iron",%s*"Copper"%s*%]',
      (render("comparison.json", article_of_pans.comparisons[2])))
  end)
end)
