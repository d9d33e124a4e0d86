-- CSV by RFC 4180: fields parted by commas, rows ended by CRLF, quotes where they are needed.

---Both are off by default.
---@class fascia.csv.Options
---@field bom? boolean Excel reads UTF-8 only with a byte order mark.
---@field formula_guard? boolean An apostrophe before cells that a spreadsheet would run.

---CSV by RFC 4180: fields parted by commas, rows ended by CRLF, quotes where they are needed.
---@class fascia.csv
local csv = {}

---Whether a spreadsheet would run this cell.
---@param text string
---@return boolean
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

---One row with its line end. Cells are strings, numbers, booleans or nil (empty; give `n` in the
---list when the last one may be nil).
---@param cells any[]
---@param options? fascia.csv.Options
---@return string
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

---What a file begins with: a byte order mark if `options.bom`, else "".
---@param options? fascia.csv.Options
---@return string
function csv.bom(options)
    return options and options.bom and "\u{FEFF}" or ""
end

return csv
