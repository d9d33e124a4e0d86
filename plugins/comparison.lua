-- Each comparison table of an article as a page, a Markdown table, CSV and JSON.
--
-- Options: bom, formula_guard (for comparison.csv, see fascia.csv).
local fascia = require "fascia"
local formula = require "lib.checks.formula"
local csv, text = fascia.csv, fascia.text

local template = fascia.template.file("templates/comparison.html")

-- Calls line(cells) for the header and for each row, with every cell as plain text.
local function each_line(comparison, line)
  local header = { comparison.factor or "" }
  for i, subject in ipairs(comparison.subjects) do header[i + 1] = subject end
  line(header)
  for _, row in ipairs(comparison.rows) do
    local cells = { row.factor }
    for i, cell in ipairs(row.cells) do cells[i + 1] = cell.text end
    line(cells)
  end
end

local function render_html(comparison, out, site, _, article)
  local title = comparison.title or article.title
  if title == "" then title = article.title end
  template(out, {
    article = article,
    comparison = comparison,
    title = title,
    head = { title = title, feeds = {} },
    -- The page and its tables lie in one folder.
    page = site:export_url("page.html", article) and "index.html",
  })
end

local function render_markdown(comparison, out)
  local ruled = false
  each_line(comparison, function(cells)
    for i, cell in ipairs(cells) do cells[i] = text.cell(cell) end
    out:write("| ", table.concat(cells, " | "), " |\n")
    if not ruled then out:write("| ", ("--- | "):rep(#cells - 1), "--- |\n") end
    ruled = true
  end)
end

local function render_csv(comparison, out, _, options)
  out:write(csv.bom(options))
  each_line(comparison, function(cells) out:write(csv.row(cells, options)) end)
end

local function each_cell(article, cell)
  for _, comparison in ipairs(article.comparisons) do
    for i, subject in ipairs(comparison.subjects) do cell(comparison.subjects, subject, i) end
    for _, row in ipairs(comparison.rows) do
      cell(row, row.factor)
      for _, one in ipairs(row.cells) do cell(one, one.text) end
    end
  end
end

local function export(ending, render)
  local path = "{slug}/comparison{-n}." .. ending
  return { each = "article.comparisons", path = path, render = render }
end

return {
  name = "comparison",
  summary = "The comparison tables of an article",
  exports = {
    ["comparison.html"] = export("html", render_html),
    ["comparison.md"] = export("md", render_markdown),
    ["comparison.csv"] = export("csv", render_csv),
    ["comparison.json"] = export("json", function(comparison, out)
      out:json(comparison, 2):write("\n")
    end),
  },
  checks = { ["csv-formula"] = formula("comparison.csv", each_cell) },
}
