-- HTML, as the WHATWG's standard reads it. html.absolute and html.text read any input once, from
-- front to back; a tag that never ends ends the reading there, as it does in a browser.
local core = ...
local url = core.module("url")

---HTML, as the WHATWG's standard reads it.
---@class fascia.html
local html = {}

---Fit for element text and quoted attribute values.
---@param text string
---@return string
function html.escape(text)
    return core.escape("html", text)
end

---Attributes from names and values: ` k="v" …`; nil and false are left out, true is a bare name.
---@param ... any
---@return string
function html.attributes(...)
    local parts = {}
    for i = 1, select("#", ...), 2 do
        local name, value = select(i, ...)
        if value == true then
            parts[#parts + 1] = " " .. name
        elseif value then
            parts[#parts + 1] = (' %s="%s"'):format(name, core.escape("html", tostring(value)))
        end
    end
    return table.concat(parts)
end

local ENTITIES = { amp = "&", lt = "<", gt = ">", quot = '"', apos = "'", nbsp = "\u{A0}" }

local function decode_entity(name)
    local number = tonumber(name:match("^#(%d%d?%d?%d?%d?%d?%d?)$"))
        or tonumber(name:match("^#[xX](%x%x?%x?%x?%x?%x?)$") or "", 16)
    if not number then return ENTITIES[name] end
    if number == 0 or number > 0x10FFFF or (number >= 0xD800 and number < 0xE000) then
        return "\u{FFFD}"
    end
    return utf8.char(number)
end

-- A name has at most 8 characters here, so that a row of "&" costs no search.
local function decode(text)
    if not text:find("&", 1, true) then return text end
    return (text:gsub("&(#?%w%w?%w?%w?%w?%w?%w?%w?);", decode_entity))
end

local ADDRESS = {
    href = true, src = true, action = true, formaction = true, poster = true, cite = true,
    background = true, data = true, longdesc = true,
}

local function absolute_set(value, base)
    local candidates = {}
    for candidate in value:gmatch("[^,]+") do
        local address, rest = candidate:match("^%s*(%S+)(.*)$")
        if address then candidates[#candidates + 1] = url.absolute(address, base) .. rest end
    end
    return table.concat(candidates, ",")
end

local function absolute_value(name, value, base)
    if name == "srcset" then return absolute_set(value, base) end
    return url.absolute(value, base)
end

-- The value that begins at `at`: its text, and the offsets of its first and last byte with the
-- quotes. Nil when its quote is never closed.
local function attribute_value(source, at)
    local quote = source:match("^[\"']", at)
    if not quote then
        local from, to = source:find("^[^%s>]*", at)
        return source:sub(from, to), from, to
    end
    local close = source:find(quote, at + 1, true)
    if close then return source:sub(at + 1, close - 1), at, close end
end

-- Calls attribute(name, value, first, last) for each attribute of the tag whose attributes begin
-- at `at`. Returns the offset behind ">", or nil when the tag never ends.
local function walk_tag(source, at, attribute)
    while true do
        at = source:find("[^%s/]", at)
        if not at then return nil end
        if source:sub(at, at) == ">" then return at + 1 end
        local name, behind = source:match("^(=?[^%s=/>]*)()", at)
        local value_at = source:match("^%s*=%s*()", behind)
        if value_at then
            local value, first, last = attribute_value(source, value_at)
            if not value then return nil end
            if attribute then attribute(name:lower(), value, first, last) end
            behind = last + 1
        end
        at = behind
    end
end

local RAW = { script = true, style = true, textarea = true, title = true }

local function skip_raw(source, at, name)
    while true do
        local close = source:find("</", at, true)
        if not close then return nil end
        if source:sub(close + 2, close + 1 + #name):lower() == name then return close end
        at = close + 2
    end
end

local function skip_comment(source, at)
    local close = source:find("-->", at + 4, true)
    return close and close + 3
end

-- Calls tag(at, name) for each "<" that opens or closes an element; it returns the offset to go
-- on from, or nil to stop. Calls text(first, last) for what lies between, when it is given.
local function walk(source, tag, text)
    local at, from = 1, 1
    while at do
        local open = source:find("<", at, true)
        if not open then break end
        local slash, name = source:match("^<(/?)(%a[^%s/>]*)", open)
        local comment = not name and source:find("^<!%-%-", open)
        if name or comment then
            if text then text(from, open - 1) end
            at = comment and skip_comment(source, open)
                or name and tag(open + 1 + #slash + #name)
            if at and name and slash == "" and RAW[name:lower()] then
                at = skip_raw(source, at, name:lower())
            end
            from = at or #source + 1
        else
            at = open + 1
        end
    end
    if text then text(from, #source) end
end

---The same HTML with every link, image and form address absolute (RFC 3986 §5); unchanged when
---`base` is no absolute address.
---@param source string
---@param base string?
---@return string
function html.absolute(source, base)
    if not base or not source:find("=", 1, true) or not url.is_absolute(base) then
        return source
    end
    local parts, copied = {}, 1
    local function attribute(name, value, first, last)
        if not ADDRESS[name] and name ~= "srcset" then return end
        local target = absolute_value(name, decode(value), base)
        parts[#parts + 1] = source:sub(copied, first - 1)
        parts[#parts + 1] = '"' .. core.escape("html", target) .. '"'
        copied = last + 1
    end
    walk(source, function(at) return walk_tag(source, at, attribute) end)
    parts[#parts + 1] = source:sub(copied)
    return table.concat(parts)
end

---The text without tags, comments, scripts and styles, entities decoded.
---@param source string
---@return string
function html.text(source)
    local parts = {}
    walk(source, function(at) return walk_tag(source, at) end, function(first, last)
        parts[#parts + 1] = source:sub(first, last)
    end)
    return decode(table.concat(parts))
end

return html
