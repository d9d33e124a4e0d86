-- Cuts the source of a template into pieces (see fascia.template):
--
--   scan(source, place)   a list of { kind, text, line, col } with kind literal, expression, raw,
--                         statement, comment, include, layout, block or skipped (the blanks and the
--                         line end of a line that holds nothing but one statement or comment)
--
-- Raises place:line:column: for a tag that is never closed.
local TAGS = {
    { open = "{{{", close = "}}}", kind = "raw" },
    { open = "{{", close = "}}", kind = "expression" },
    { open = "{%", close = "%}", kind = "statement", alone = true },
    { open = "{#", close = "#}", kind = "comment", alone = true },
}
local NAMED = { include = true, layout = true, block = true }

local function tag_at(source, at)
    for _, tag in ipairs(TAGS) do
        if source:sub(at, at + #tag.open - 1) == tag.open then return tag end
    end
end

-- {% include "name", fields %}, {% layout "name" %} and {% block "name" %}: statements with a name.
local function named(piece)
    local word, name, rest = piece.text:match('^%s*(%a+)%s*"([^"]*)"%s*(.-)%s*$')
    if piece.kind ~= "statement" or not NAMED[word] then return piece end
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

-- A function(at) that gives the line and column of an offset; to be asked from front to back.
local function new_places(source)
    local line, begins = 1, 1
    return function(at)
        while true do
            local stop = source:find("\n", begins, true)
            if not stop or stop >= at then break end
            line, begins = line + 1, stop + 1
        end
        return line, (utf8.len(source, begins, at - 1) or at - begins) + 1
    end
end

return function(source, place)
    local pieces, from, at = {}, 1, 1
    local place_of = new_places(source)
    local function add(kind, text, begins)
        if text == "" and kind ~= "expression" and kind ~= "raw" then return end
        local line, col = place_of(begins)
        pieces[#pieces + 1] = named { kind = kind, text = text, line = line, col = col }
    end
    while true do
        local open = source:find("{[{%%#]", at)
        if not open then break end
        local tag = tag_at(source, open)
        local first, last = source:find(tag.close, open + #tag.open, true)
        if not first then
            local line, col = place_of(open)
            error(('%s:%d:%d: "%s" is never closed'):format(place, line, col, tag.open), 0)
        end
        local begins, behind
        if tag.alone then begins, behind = alone(source, from, open, last) end
        add("literal", source:sub(from, (begins or open) - 1), from)
        add(tag.kind, source:sub(open + #tag.open, first - 1), open)
        if behind then add("skipped", source:sub(last + 1, behind - 1), last + 1) end
        from = behind or last + 1
        at = from
    end
    add("literal", source:sub(from), from)
    return pieces
end
