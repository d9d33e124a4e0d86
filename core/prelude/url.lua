-- Addresses by RFC 3986.
local core = ...

---The parts of an address.
---@class fascia.url.Parts
---@field scheme? string
---@field authority? string
---@field path string
---@field query? string
---@field fragment? string

---Addresses by RFC 3986.
---@class fascia.url
local url = {}

---The parts of an address (appendix B).
---@param text string
---@return fascia.url.Parts
function url.parse(text)
    local rest, fragment = text:match("^([^#]*)#?(.*)$")
    if not text:find("#", 1, true) then fragment = nil end
    local before, query = rest:match("^([^?]*)%?(.*)$")
    local scheme, behind = (before or rest):match("^(%a[%w+.-]*):(.*)$")
    behind = behind or before or rest
    local authority, path = behind:match("^//([^/]*)(.*)$")
    return { scheme = scheme, authority = authority, path = path or behind, query = query,
             fragment = fragment }
end

-- Path segments without "." and ".." (§5.2.4), in one pass.
local function remove_dots(path)
    local kept, last = {}, nil
    for slash, segment in path:gmatch("(/?)([^/]*)") do
        if slash ~= "" or segment ~= "" then
            last = segment
            if segment == ".." then
                kept[#kept] = nil
            elseif segment ~= "." then
                kept[#kept + 1] = slash .. segment
            end
        end
    end
    if last == "." or last == ".." then kept[#kept + 1] = "/" end
    return table.concat(kept)
end

local function merge(base, path)
    if base.authority and base.path == "" then return "/" .. path end
    return (base.path:match("^(.*/)") or "") .. path
end

local function recompose(parts)
    return (parts.scheme and parts.scheme .. ":" or "")
        .. (parts.authority and "//" .. parts.authority or "") .. parts.path
        .. (parts.query and "?" .. parts.query or "")
        .. (parts.fragment and "#" .. parts.fragment or "")
end

---The reference resolved against an absolute address (§5.2.2).
---@param reference string
---@param base string
---@return string
function url.absolute(reference, base)
    if reference:find("^%a[%w+.-]*:") then return reference end
    local ref, from = url.parse(reference), url.parse(base)
    ref.scheme = from.scheme
    if ref.authority then
        ref.path = remove_dots(ref.path)
        return recompose(ref)
    end
    ref.authority = from.authority
    if ref.path == "" then
        ref.path, ref.query = from.path, ref.query or from.query
    elseif ref.path:sub(1, 1) == "/" then
        ref.path = remove_dots(ref.path)
    else
        ref.path = remove_dots(merge(from, ref.path))
    end
    return recompose(ref)
end

-- The offset behind the last "/" that both share, not counting those of "https://".
local function common_folder(a, b)
    local floor = a:match("^%a[%w+.-]*://[^/]*/()") or a:match("^/()")
    if not floor or a:sub(1, floor - 1) ~= b:sub(1, floor - 1) then return nil end
    local at = floor
    while true do
        local next_a, next_b = a:match("^[^/?#]*/()", at), b:match("^[^/?#]*/()", at)
        if not next_a or next_a ~= next_b or a:sub(at, next_a - 1) ~= b:sub(at, next_b - 1) then
            return at
        end
        at = next_a
    end
end

---The shortest way from one page to another of the same site, or `to`.
---@param to string
---@param from string
---@return string
function url.relative(to, from)
    local at = common_folder(to, from)
    if not at then return to end
    local _, up = from:sub(at):match("^[^?#]*"):gsub("/", "")
    local rest = ("../"):rep(up) .. to:sub(at)
    if rest == "" then return "./" end
    -- A first segment with a colon would be read as a scheme (§4.2).
    return rest:find("^[^/?#]*:") and "./" .. rest or rest
end

---`base` as a folder, and the path below it: one "/" between them.
---@param base string
---@param path string
---@return string
function url.join(base, path)
    return (base:gsub("/+$", "")) .. "/" .. (path:gsub("^/+", ""))
end

---Percent-encoded, for one segment or one query value.
---@param text string
---@return string
function url.encode(text)
    return core.escape("url", text)
end

---The same, but keeps "/".
---@param text string
---@return string
function url.path(text)
    return core.escape("path", text)
end

---The opposite of both.
---@param text string
---@return string
function url.decode(text)
    return (text:gsub("%%(%x%x)", function(code) return string.char(tonumber(code, 16)) end))
end

---The authority, or nil.
---@param text string
---@return string?
function url.host(text)
    return url.parse(text).authority
end

---Whether it begins with `http://` or `https://`.
---@param text string
---@return boolean
function url.is_absolute(text)
    return text:find("^[hH][tT][tT][pP][sS]?://[^/]") ~= nil
end

---Whether following it runs code: `javascript:`, `vbscript:`, `data:` (but for images), however it
---is disguised.
---@param text string
---@param image? boolean
---@return boolean
url.is_active = core.is_active

return url
