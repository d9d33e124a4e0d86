-- Plain text and Markdown.
--
--   text.lines(s)                 iterates over the lines, whatever ends them, without the end
--   text.line(s)                  the text on one line: runs of white space are one space
--   text.truncate(s, max, tail)   at most max characters (code points), cut between words where
--                                 there are words, ended by tail (default "…")
--   text.wrap(s, width)           paragraphs filled to lines of at most width characters; longer
--                                 words stay whole
--   text.has(s, part)             whether the part stands in it; it is plain text, no pattern
--   text.replace(s, old, new)     every old made new, and how many there were; plain text as well
--   text.distance(a, b)           how many bytes differ: wrong, swapped, missing or too many; 255
--                                 when one of the texts has more than 64
--   text.plain(html)              as fascia.html.text
--   text.markdown(s)              escaped, so that Markdown reads it as plain text on one line
--   text.cell(s)                  the same for a cell of a Markdown table: "|" escaped, line ends
--                                 as <br>
local core = ...

local text = { plain = core.module("html").text, has = core.has, replace = core.replace,
    distance = core.distance }

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

function text.line(s)
    return (s:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", ""))
end

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

function text.markdown(s)
    s = text.line(s):gsub("[\\`*_%[%]<>&~|]", "\\%0")
    -- What would open a block at the start of a line.
    s = s:gsub("^[#+=-]", "\\%0"):gsub("^(%d+)([.)])", "%1\\%2")
    return s
end

function text.cell(s)
    local lines = {}
    for line in text.lines(s) do lines[#lines + 1] = text.markdown(line) end
    return table.concat(lines, "<br>")
end

return text
