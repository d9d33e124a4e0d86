-- Cuts the source of a template into pieces (see fascia.template):
--
--   scan(source, name)   a list of { kind, text, line } with kind literal, expression, raw,
--                        statement, comment, include, layout or skipped (the blanks and the line
--                        end of a line that holds nothing but one statement or comment)
--
-- Raises name:line:column: for a tag that is never closed.
local TAGS = {
    { open = "{{{", close = "}}}", kind = "raw" },
    { open = "{{", close = "}}", kind = "expression" },
    { open = "{%", close = "%}", kind = "statement", alone = true },
    { open = "{#", close = "#}", kind = "comment", alone = true },
}

local function count_lines(text)
    local _, count = text:gsub("\n", "")
    return count
end

local function tag_at(source, at)
    for _, tag in ipairs(TAGS) do
        if source:sub(at, at + #tag.open - 1) == tag.open then return tag end
    end
end

-- {% include "name", fields %} and {% layout "name" %} are statements with a name.
local function named(piece)
    local word, name, rest = piece.text:match('^%s*(%a+)%s*"([^"]*)"%s*(.-)%s*$')
    if piece.kind ~= "statement" or word ~= "include" and word ~= "layout" then return piece end
    piece.kind, piece.name = word, name
    piece.fields = rest:match("^,%s*(.+)$")
    piece.line_ends = piece.text:gsub("[^\n]", "")
    return piece
end

-- Where the tag at [open, close] is alone on its line: the offset of the line's beginning, and
-- the offset behind its end; `from` is where the text before the tag begins.
local function alone(source, from, open, close)
    local line = source:sub(from, open - 1):match(".*\n()")
    local begins = line and from + line - 1
        or (from == 1 or source:sub(from - 1, from - 1) == "\n") and from
    if not begins or not source:sub(begins, open - 1):find("^[ \t]*$") then return nil end
    local behind = source:match("^[ \t]*\r?\n()", close + 1)
        or source:match("^[ \t]*$()", close + 1)
    return behind and begins, behind
end

local function column(source, at)
    local before = source:sub(1, at - 1)
    local line = before:match(".*\n(.*)$") or before
    return (utf8.len(line) or #line) + 1
end

return function(source, name)
    local pieces, from, line = {}, 1, 1
    local function add(kind, text)
        if text == "" and kind ~= "expression" and kind ~= "raw" then return end
        pieces[#pieces + 1] = named { kind = kind, text = text, line = line }
        line = line + count_lines(text)
    end
    local at = 1
    while true do
        local open = source:find("{[{%%#]", at)
        if not open then break end
        local tag = tag_at(source, open)
        local first, last = source:find(tag.close, open + #tag.open, true)
        if not first then
            local before = count_lines(source:sub(from, open - 1))
            error(('%s:%d:%d: "%s" is never closed'):format(name, line + before,
                column(source, open), tag.open), 0)
        end
        local begins, behind
        if tag.alone then begins, behind = alone(source, from, open, last) end
        add("literal", source:sub(from, (begins or open) - 1))
        add(tag.kind, source:sub(open + #tag.open, first - 1))
        if behind then add("skipped", source:sub(last + 1, behind - 1)) end
        from = behind or last + 1
        at = from
    end
    add("literal", source:sub(from))
    return pieces
end
