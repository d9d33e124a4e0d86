-- CSV by RFC 4180: fields parted by commas, rows ended by CRLF, quotes where they are needed.
--
--   csv.row(cells, options)    one row with its line end; cells are strings, numbers, booleans or
--                              nil (empty; give `n` in the list when the last one may be nil)
--   csv.bom(options)           what a file begins with: a byte order mark if options.bom, else ""
--   csv.is_formula(text)       whether a spreadsheet would run this cell
--
-- Options, all off by default:
--   bom             Excel reads UTF-8 only with a byte order mark
--   formula_guard   an apostrophe before cells that a spreadsheet would run; it changes the data
local csv = {}

function csv.is_formula(text)
    return text:find("^[=+@\t\r-]") ~= nil and not tonumber(text)
end

local function field(value, guard)
    if value == nil then return "" end
    if type(value) ~= "string" then return tostring(value) end
    if guard and csv.is_formula(value) then value = "'" .. value end
    if value:find('[",\r\n]') or value:find("^%s") or value:find("%s$") then
        return '"' .. value:gsub('"', '""') .. '"'
    end
    return value
end

function csv.row(cells, options)
    local guard = options and options.formula_guard
    -- A Lua list may say its length in `n`; a list of the model has no such field.
    local count = type(cells) == "table" and rawget(cells, "n") or #cells
    local fields = {}
    for i = 1, count do fields[i] = field(cells[i], guard) end
    -- A row of one empty field would be an empty line, which readers skip.
    if count == 1 and fields[1] == "" then fields[1] = '""' end
    return table.concat(fields, ",") .. "\r\n"
end

function csv.bom(options)
    return options and options.bom and "\u{FEFF}" or ""
end

return csv
