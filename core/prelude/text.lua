-- Plain text and Markdown.
local core = ...

---Plain text and Markdown.
---@class fascia.text
local text = {}

---As `fascia.html.text`.
---@param html string
---@return string
text.plain = core.module("html").text

---Whether the part stands in it; it is plain text, no pattern.
---@param s string
---@param part string
---@return boolean
text.has = core.has

---Every `old` made `new`, and how many there were; plain text as well.
---@param s string
---@param old string
---@param new string
---@return string
---@return integer
text.replace = core.replace

---How many bytes differ: wrong, swapped, missing or too many; 255 when one of the texts has more
---than 64.
---@param a string
---@param b string
---@return integer
text.distance = core.distance

---Iterates over the lines, whatever ends them, without the end.
---@param s string
---@return fun(): string?
function text.lines(s)
    local at = 1
    return function()
        if at > #s then return nil end
        local stop = s:find("[\r\n]", at) or #s + 1
        local line = s:sub(at, stop - 1)
        at = s:match("^\r\n()", stop) or stop + 1
        return line
    end
end

---The text on one line: runs of white space are one space.
---@param s string
---@return string
function text.line(s)
    return (s:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

---At most `max` characters, cut between words where there are words, ended by `tail` (default "…").
---@param s string
---@param max integer
---@param tail? string
---@return string
function text.truncate(s, max, tail)
    if #s <= max or (utf8.len(s) or 0) <= max then return s end
    tail = tail or "…"
    local room = max - (utf8.len(tail) or 0)
    if room <= 0 then return s:sub(1, utf8.offset(s, max + 1) - 1) end
    local stop = utf8.offset(s, room + 1)
    local cut = s:sub(1, stop - 1)
    -- The cut stands between words already when a space follows it.
    if not s:find("^%s", stop) then
        local words = cut:match("^(.*%S)%s+%S*$")
        if words and #words * 3 > #cut then cut = words end
    end
    return (cut:gsub("[%s,;:-]+$", "")) .. tail
end

local function wrap_paragraph(words, width, out)
    local line, used
    for word in words:gmatch("%S+") do
        local length = utf8.len(word) or #word
        if not line then
            line, used = { word }, length
        elseif used + 1 + length <= width then
            line[#line + 1], used = word, used + 1 + length
        else
            out[#out + 1] = table.concat(line, " ")
            line, used = { word }, length
        end
    end
    out[#out + 1] = line and table.concat(line, " ")
end

---Paragraphs filled to lines of at most `width` characters; longer words stay whole.
---@param s string
---@param width integer
---@return string
function text.wrap(s, width)
    local out, paragraph = {}, {}
    local function flush()
        if paragraph[1] then wrap_paragraph(table.concat(paragraph, " "), width, out) end
        paragraph = {}
    end
    for line in text.lines(s) do
        if line:find("%S") then
            paragraph[#paragraph + 1] = line
        else
            flush()
            out[#out + 1] = ""
        end
    end
    flush()
    return table.concat(out, "\n")
end

---Escaped, so that Markdown reads it as plain text on one line.
---@param s string
---@return string
function text.markdown(s)
    s = text.line(s):gsub("[\\`*_%[%]<>&~|]", "\\%0")
    -- What would open a block at the start of a line.
    s = s:gsub("^[#+=-]", "\\%0"):gsub("^(%d+)([.)])", "%1\\%2")
    return s
end

---The same for a cell of a Markdown table: "|" escaped, line ends as `<br>`.
---@param s string
---@return string
function text.cell(s)
    local lines = {}
    for line in text.lines(s) do lines[#lines + 1] = text.markdown(line) end
    return table.concat(lines, "<br>")
end

return text
