-- The check of plugins that write CSV: cells that a spreadsheet runs instead of showing them.
local fascia = require "fascia"

-- A sign alone runs only what looks like reckoning: neither "- a point" nor "-5 °C" nor "+20 %".
local function is_run(text)
  if not fascia.csv.is_formula(text) then return false end
  if not text:find("^[+-]") then return true end
  return text:find("%w") ~= nil and not text:find("[^%w.,+*/():!$%%-]")
    and not text:find("^[+-][%d.,]+%%?$")
end

-- A check for the file that is made of the cells that cells(article, cell) calls cell(node, text)
-- with; no such file, or one that is guarded, needs none.
return function(export, cells)
  return {
    summary = "a cell that a spreadsheet would run as a formula",
    explain = [[
Spreadsheets run what begins with "=", "@", "+" or "-" when they open a CSV file: the reader sees
a result, an error, or what somebody wanted to be done on his machine. Write it otherwise, or let
an apostrophe be put before such cells, in site.yaml:

    plugins: {faq: {formula_guard: true}, comparison: {formula_guard: true}}]],
    run = function(article, warn, site, options)
      if options.formula_guard or not site:export_url(export, article) then return end
      cells(article, function(node, text, field)
        if is_run(text) then
          warn(node, ("in %s, a spreadsheet would run this as a formula"):format(export),
            { field = field })
        end
      end)
    end,
  }
end
