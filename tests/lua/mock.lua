-- The primitives that the program gives to the prelude, in plain Lua, so that prelude and plugins
-- can be tested by `lua5.4` alone. mock.new() returns the table of primitives; mock.out() a buffer
-- like the one that plugins write to; mock.strict(table) raises on unknown fields as articles do.
local mock = {}

local HTML = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

local function percent(keep)
    return function(text)
        return (text:gsub("[^%w%-._~" .. keep .. "]", function(c)
            return ("%%%02X"):format(c:byte())
        end))
    end
end

local SHORT = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function json_body(text, script)
    assert(utf8.len(text), "invalid UTF-8")
    text = text:gsub('[%c"\\]', function(c) return SHORT[c] or ("\\u%04X"):format(c:byte()) end)
    if not script then return text end
    text = text:gsub("[<>&]", function(c) return ("\\u%04X"):format(c:byte()) end)
    return (text:gsub("\u{2028}", "\\u2028"):gsub("\u{2029}", "\\u2029"))
end

local function escape_html(text)
    return (text:gsub("[&<>\"']", HTML))
end

local escapes = {
    html = escape_html,
    xml = function(text) return escape_html((text:gsub("[%z\1-\8\11\12\14-\31]", ""))) end,
    url = percent(""),
    path = percent("/"),
    json = function(text) return json_body(text, true) end,
}

local null = setmetatable({}, { __name = "null" })

local function object_keys(value)
    local meta = getmetatable(value)
    if meta and meta.__keys then return meta.__keys end
    local keys = {}
    for key in next, value do keys[#keys + 1] = key end
    table.sort(keys)
    return keys
end

local function is_array(value)
    local meta = getmetatable(value)
    return meta and meta.__array or not (meta and meta.__keys) and #value > 0
end

local write_json

local function write_items(parts, value, indent, script, depth)
    local array = is_array(value)
    local keys = array and value or object_keys(value)
    parts[#parts + 1] = array and "[" or "{"
    for i, item in ipairs(keys) do
        if i > 1 then parts[#parts + 1] = "," end
        if indent then parts[#parts + 1] = "\n" .. (" "):rep(indent * (depth + 1)) end
        if not array then
            parts[#parts + 1] = '"' .. json_body(item, script) .. '":' .. (indent and " " or "")
            item = rawget(value, item)
        end
        write_json(parts, item, indent, script, depth + 1)
    end
    if indent and #keys > 0 then parts[#parts + 1] = "\n" .. (" "):rep(indent * depth) end
    parts[#parts + 1] = array and "]" or "}"
end

function write_json(parts, value, indent, script, depth)
    local kind = type(value)
    if value == null then
        parts[#parts + 1] = "null"
    elseif kind == "string" then
        parts[#parts + 1] = '"' .. json_body(value, script) .. '"'
    elseif kind == "number" or kind == "boolean" then
        parts[#parts + 1] = tostring(value)
    elseif kind == "table" and depth < 100 then
        write_items(parts, value, indent, script, depth)
    else
        error("no JSON for a " .. kind)
    end
end

local function json(value, indent, script)
    local parts = {}
    write_json(parts, value, indent, script, 0)
    return table.concat(parts)
end

-- What a plugin warned about, newest last: { node, text, code }.
mock.warnings = {}

local function read_file(path)
    local file = io.open(path, "rb")
    if not file then return nil end
    local text = file:read("a")
    file:close()
    return text
end

-- `files` are templates by name that go before those of plugins/.
function mock.new(root, files)
    local core, modules = { null = null, json = json }, {}
    function core.escape(kind, text) return escapes[kind](tostring(text)) end
    function core.slug(text)
        return (text:lower():gsub("[%s%p]+", "-"):gsub("^-", ""):gsub("-$", ""))
    end
    function core.words(text) return select(2, text:gsub("%S+", "")) end
    function core.fold(text) return text:lower() end
    function core.file(name)
        return files and files[name] or read_file(root .. "/plugins/" .. name)
    end
    function core.load(source, name, env)
        local chunk, message = load(source, name, "t", env)
        return chunk or error(message, 0)
    end
    function core.is_list(v) return type(v) == "table" and (#v > 0 or next(v) == nil) end
    function core.is_record(v) return type(v) == "table" and not core.is_list(v) end
    function core.place(_) return "content/a.md", 1, 1 end
    function core.warn(node, text, code)
        mock.warnings[#mock.warnings + 1] = { node = node, text = text, code = code }
    end
    function core.module(name)
        if not modules[name] then
            local path = root .. "/core/prelude/" .. name .. ".lua"
            modules[name] = assert(loadfile(path, "t"))(core)
        end
        return modules[name]
    end
    return core
end

local out = {}
out.__index = out

function out:write(...)
    for i = 1, select("#", ...) do self[#self + 1] = (select(i, ...)) end
    return self
end

function out:escape(kind, text) return self:write(escapes[kind](tostring(text))) end
function out:json(value, indent, script) return self:write(json(value, indent, script)) end
function out:text() return table.concat(self) end

function mock.out()
    return setmetatable({}, out)
end

-- An article's fields in order; `absent` are those that it knows and does not have.
function mock.strict(keys, values)
    local known = {}
    for _, key in ipairs(keys) do known[key] = true end
    local present = {}
    for _, key in ipairs(keys) do if values[key] ~= nil then present[#present + 1] = key end end
    return setmetatable(values, {
        __keys = present,
        __index = function(_, key)
            if not known[key] then error("an article has no field " .. tostring(key), 2) end
        end,
        __pairs = function()
            local i = 0
            return function()
                i = i + 1
                if present[i] then return present[i], values[present[i]] end
            end
        end,
    })
end

return mock
