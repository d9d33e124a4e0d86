-- The sections of an article and their lengths, as a table: what this plugin makes, in a sentence.
local fascia = require "fascia"

-- Called for each article. What it writes to `out` is the file; what it reads decides when it is
-- called again.
---@param article fascia.Article
---@param out fascia.Out
local function render(article, out)
  out:write(fascia.csv.row { "section", "words" })
  for _, section in ipairs(article.sections) do
    out:write(fascia.csv.row { section.title, fascia.words(section.text) })
  end
end

---@type fascia.Plugin
return {
  name = "NAME",
  summary = "The sections of an article and their lengths",
  exports = {
    ["NAME.csv"] = {
      each = "article",
      when = function(article) return #article.sections > 0 end,
      path = "{slug}/NAME.csv",
      render = render,
    },
  },
}
