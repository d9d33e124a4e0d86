-- Run by `fascia test NAME`. The articles of the tests lie in NAME_test/, or stand here as text.
describe("NAME.csv", function()
  it("has a row for each section", function()
    local text, path = render("NAME.csv", fixture "example.md")
    assert.equal("example/NAME.csv", path)
    assert.equal('section,words\r\n"Leaves, and where they grow",6\r\nWater,4\r\n', text)
  end)

  it("is not made of an article without sections", function()
    assert.is_nil(render("NAME.csv", article "A paragraph and nothing else.\n"))
  end)
end)
