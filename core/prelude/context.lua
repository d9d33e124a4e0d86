-- Where in HTML or XML a piece of text stands: a small state machine over the literal parts of a
-- template (see fascia.template). It reads as the HTML standard's tokenizer does, for text that a
-- template's author wrote; it need not survive hostile markup, only judge it safely.
--
--   context.start(mode)          the state at the beginning; mode is "html", "xml" or "text"
--   context.advance(s, literal)  moves the state over literal text
--   context.value(s)             notes that an expression stands here
--   context.kind(s)              how an expression must be escaped here: "html", "xml", "url",
--                                "path", "json" (inside a JSON string), "data" (a JSON value),
--                                "link", "image" (a whole address) or "none"; nil and the reason
--                                when no escaping could make it safe
--   context.copy(s), context.same(a, b), context.describe(s)
local core = ...
local url = core.module("url")

local context = {}

local ADDRESS = {
    href = true, src = true, action = true, formaction = true, poster = true, cite = true,
    data = true, background = true, longdesc = true, ping = true, manifest = true,
    ["xlink:href"] = true,
}
-- Where nothing but an image is shown, data:image/… is good: in a frame or a script it is a
-- document of its own.
local IMAGE = { ["img src"] = true, ["input src"] = true, ["video poster"] = true,
    ["image href"] = true, ["image xlink:href"] = true }
local CODE = { style = true, srcdoc = true }

function context.start(mode)
    return { mode = mode, at = "text", element = "", attribute = "", prefix = "" }
end

function context.copy(s)
    local copy = {}
    for key, value in pairs(s) do copy[key] = value end
    return copy
end

-- What decides how the text that follows is read, as one string.
local function shape(s)
    if s.at == "name" or s.at == "tag" or s.at == "attribute" or s.at == "after" then
        return "tag " .. s.element
    elseif s.at == "before" or s.at == "value" then
        return s.at .. " " .. s.element .. " " .. s.attribute .. (s.quote or "")
    elseif s.at == "raw" then
        return "raw " .. s.element .. (s.in_string and '"' or "")
    end
    return s.at
end

function context.same(a, b)
    return shape(a) == shape(b)
end

local NAMES = {
    text = "text", name = "a tag", tag = "a tag", attribute = "a tag", after = "a tag",
    before = "a tag", value = "an attribute value", comment = "a comment", cdata = "CDATA",
    declaration = "a declaration", raw = "a script or style",
}

function context.describe(s)
    return NAMES[s.at]
end

-- One step a state: reads from offset `i`, returns the offset to go on from.
local steps = {}

local function skip_to(s, text, i, needle)
    local _, last = text:find(needle, i, true)
    if not last then return #text + 1 end
    s.at = "text"
    return last + 1
end

function steps.text(s, text, i)
    local open = text:find("<", i, true)
    if not open then return #text + 1 end
    if text:find("^!%-%-", open + 1) then
        s.at = "comment"
        return open + 4
    elseif s.mode == "xml" and text:find("^!%[CDATA%[", open + 1) then
        s.at = "cdata"
    elseif text:find("^[!?]", open + 1) then
        s.at = "declaration"
    elseif text:find("^/?%a", open + 1) or open == #text then
        s.at, s.element, s.closing = "name", "", text:sub(open + 1, open + 1) == "/"
        return open + (s.closing and 2 or 1)
    end
    return open + 1
end

function steps.comment(s, text, i) return skip_to(s, text, i, "-->") end
function steps.cdata(s, text, i) return skip_to(s, text, i, "]]>") end
function steps.declaration(s, text, i) return skip_to(s, text, i, ">") end

function steps.name(s, text, i)
    local name, behind = text:match("^([^%s/>]*)()", i)
    s.element = s.element .. name:lower()
    s.json = nil
    if behind <= #text then s.at = "tag" end
    return behind
end

local function end_tag(s)
    local raw = s.mode == "html" and not s.closing
        and (s.element == "script" or s.element == "style")
    s.at, s.in_string = raw and "raw" or "text", nil
end

function steps.tag(s, text, i)
    local at = text:find("[^%s/]", i)
    if not at then return #text + 1 end
    if text:sub(at, at) == ">" then
        end_tag(s)
        return at + 1
    end
    s.at, s.attribute = "attribute", ""
    return at
end

function steps.attribute(s, text, i)
    local name, behind = text:match("^(=?[^%s=/>]*)()", i)
    s.attribute = s.attribute .. name:lower()
    if behind <= #text then s.at = "after" end
    return behind
end

function steps.after(s, text, i)
    local at = text:match("^%s*()", i)
    if at > #text then return at end
    local equals = text:sub(at, at) == "="
    s.at = equals and "before" or "tag"
    return equals and at + 1 or at
end

function steps.before(s, text, i)
    local at = text:match("^%s*()", i)
    if at > #text then return at end
    s.at, s.prefix, s.quote = "value", "", text:match("^[\"']", at)
    return s.quote and at + 1 or at
end

local function end_value(s)
    if s.element == "script" and s.attribute == "type" then
        s.json = s.prefix:lower():find("json", 1, true) ~= nil
    end
    s.at = "tag"
end

function steps.value(s, text, i)
    local stop = s.quote and text:find(s.quote, i, true) or not s.quote and text:find("[%s>]", i)
    s.prefix = s.prefix .. text:sub(i, (stop or #text + 1) - 1)
    if not stop then return #text + 1 end
    end_value(s)
    return s.quote and stop + 1 or stop
end

-- Whether an odd number of quotes was opened, so that what follows is in a JSON string.
local function count_quotes(s, text)
    local i = 1
    while true do
        local at = text:find('["\\]', i)
        if not at then return end
        local escape = text:sub(at, at) == "\\"
        if not escape then s.in_string = not s.in_string end
        i = at + (escape and 2 or 1)
    end
end

function steps.raw(s, text, i)
    local close = text:lower():find("</" .. s.element, i, true)
    if s.json then count_quotes(s, text:sub(i, (close or #text + 1) - 1)) end
    if not close then return #text + 1 end
    s.at, s.closing = "tag", true
    return close + 2 + #s.element
end

function context.advance(s, literal)
    if s.mode == "text" then return end
    local i = 1
    while i <= #literal do i = steps[s.at](s, literal, i) end
end

function context.value(s)
    if s.at == "value" then s.prefix = s.prefix .. "\0" end
end

local function address_kind(s)
    local prefix = s.prefix:match("^%s*(.*)$")
    if prefix == "" then
        local is_image = IMAGE[s.element .. " " .. s.attribute] or s.attribute == "background"
        return is_image and "image" or "link"
    end
    if prefix:find("[?#]") then return "url" end
    if prefix:find("/", 1, true) then return "path" end
    if prefix:find("^%a[%w+.-]*:") and not url.is_active(prefix) then return "html" end
    return nil, "an address is written as one expression, or after a literal that decides what "
        .. "it is, such as / or #"
end

local function value_kind(s)
    if not s.quote then return nil, "put quotes around this attribute's value" end
    if s.mode == "xml" then return "xml" end
    if CODE[s.attribute] or s.attribute:find("^on") then
        return nil, "the attribute " .. s.attribute .. " holds code"
    end
    if ADDRESS[s.attribute] then return address_kind(s) end
    return "html"
end

function context.kind(s)
    if s.mode == "text" then return "none" end
    if s.at == "text" then return s.mode end
    if s.at == "value" then return value_kind(s) end
    if s.at == "before" then return nil, "put quotes around this attribute's value" end
    if s.at == "raw" and s.json then return s.in_string and "json" or "data" end
    if s.at == "raw" then
        return nil, s.element == "style" and "a style sheet holds code"
            or "a script holds code; put data into <script type=\"application/json\">"
    end
    return nil, "it stands in " .. NAMES[s.at]
end

return context
