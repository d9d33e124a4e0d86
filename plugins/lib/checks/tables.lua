-- Checks of tables: what their rows and columns hold.
local fascia = require "fascia"
local has = fascia.text.has

local checks = {}

checks["uneven-row"] = {
  summary = "a row of a table that has more or fewer cells than the table has columns",
  explain = [[
What stands beyond the last column is not shown, and a row that is too short says nothing of the
last subjects. Often a `|` is missing or one too many; a `|` that belongs to the text is written
`\|`:

    | Factor | Green tea | Coffee |
    | ------ | --------- | ------ |
    | Price  | low       |                  a cell is missing
    | Size   | S | M     | L      |         write S \| M]],
  run = function(article, warn)
    for _, row in ipairs(article.uneven_rows) do
      local cells, columns = row.cells, row.columns
      warn(row, ("this row has %d cell%s, its table %d column%s"):format(cells,
        cells == 1 and "" or "s", columns, columns == 1 and "" or "s"),
        { help = cells > columns and "what stands beyond the last column is not shown" or nil })
    end
  end,
}

-- The columns of which no row says anything: most tables have none after their first row.
local function empty_columns(comparison)
  local left, count = {}, #comparison.subjects
  for i = 1, count do left[i] = true end
  for _, row in ipairs(comparison.rows) do
    local cells, any = row.cells, false
    for i = 1, count do
      left[i] = left[i] and not cells[i].text:find("%S")
      any = any or left[i]
    end
    if not any then break end
  end
  return left
end

-- A table with a header alone ends right behind it.
local BARE = "</thead>\n</table>"

local function check_bare(sections, warn)
  for _, section in ipairs(sections) do
    if has(section.html, BARE) then
      for _, block in ipairs(section.blocks) do
        if block.type == "table" and #block.rows == 0 then
          warn(block, "this table has a header, but no rows")
        end
      end
    end
    check_bare(section.sections, warn)
  end
end

checks["empty-table"] = {
  summary = "a table without rows, or a comparison that says nothing of one of its subjects",
  explain = [[
A column of a comparison has no text in any row, or no subject at its head, or a table has no
rows at all. Readers take it for an answer that failed to load. Fill it or take it out.]],
  run = function(article, warn)
    for _, comparison in ipairs(article.comparisons) do
      local subjects, empty = comparison.subjects, empty_columns(comparison)
      for i, subject in ipairs(subjects) do
        if subject == "" then
          warn(subjects, "this column has no subject at its head", { field = i })
        elseif empty[i] then
          warn(subjects, ('no row says anything of "%s"'):format(subject), { field = i })
        end
      end
    end
    if has(article.html, BARE) then check_bare(article.sections, warn) end
  end,
}

return checks
