-- How two values differ, for people (see fascia.test):
--
--   difference.show(value)               a value as one line, shortened
--   difference.find(expected, got)       nil when they are the same, else where they first differ
--                                        ("[2].title", "" for the whole) and the two values there
--   difference.texts(expected, got)      line and column of the first difference, and lines that
--                                        show it: "-" expected, "+" got
local core = ...

local difference = {}

local SHOWN = 60     -- code points of a value in a message
local CONTEXT = 2    -- equal lines around those that differ
local MOST_LINES = 24
local DEEPEST = 100

local function is_compound(v)
    return type(v) == "table" or core.is_list(v) or core.is_record(v)
end

local function cut(text)
    local stop = utf8.len(text) and utf8.offset(text, SHOWN)
    return stop and stop <= #text and text:sub(1, stop - 1) .. "…" or text
end

local function key_text(key)
    if type(key) == "string" and key:find("^[%a_][%w_]*$") then return key end
    return "[" .. difference.show(key) .. "]"
end

local function show_compound(v, depth)
    local parts, count = {}, 0
    for key, value in pairs(v) do
        count = count + 1
        if count > 8 then
            parts[count] = "…"
            break
        end
        local shown = difference.show(value, depth + 1)
        parts[count] = key == count and shown or key_text(key) .. " = " .. shown
    end
    return count == 0 and "{}" or "{ " .. table.concat(parts, ", ") .. " }"
end

function difference.show(value, depth)
    depth = depth or 0
    if type(value) == "string" then
        return '"' .. cut(value):gsub("[\n\r\t\"\\]", {
            ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ['"'] = '\\"', ["\\"] = "\\\\" }) .. '"'
    elseif is_compound(value) then
        return depth < 3 and show_compound(value, depth) or "{…}"
    end
    return tostring(value)
end

local function join(path, key)
    if type(key) == "number" then return ("%s[%s]"):format(path, key) end
    local text = key_text(key)
    return path .. (text:sub(1, 1) ~= "[" and path ~= "" and "." or "") .. text
end

-- The keys of either, those of `a` first.
local function each_key(a, b, visit)
    local seen = {}
    for key in pairs(a) do
        seen[key] = true
        if visit(key) then return end
    end
    for key in pairs(b) do
        if not seen[key] and visit(key) then return end
    end
end

-- A record of the model raises for a field that it does not have.
local function value_at(v, key)
    if type(v) == "table" then return v[key] end
    for k, value in pairs(v) do
        if k == key then return value end
    end
end

local function find(a, b, path, depth)
    if a == b or a ~= a and b ~= b then return nil end
    if depth > DEEPEST or not (is_compound(a) and is_compound(b)) then return path, a, b end
    local where, x, y
    each_key(a, b, function(key)
        where, x, y = find(value_at(a, key), value_at(b, key), join(path, key), depth + 1)
        return where ~= nil
    end)
    return where, x, y
end

function difference.find(expected, got)
    return find(expected, got, "", 0)
end

-- Texts

local function lines_of(text)
    local lines = {}
    for line in (text .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = line end
    return lines
end

local function common_bytes(a, b)
    local n = math.min(#a, #b)
    for i = 1, n do
        if a:byte(i) ~= b:byte(i) then return i - 1 end
    end
    return n
end

-- Whether a byte goes on with the character before it.
local function is_inside(line, i)
    return (line:byte(i) or 0) & 0xC0 == 0x80
end

-- The column, in code points, where two lines part.
local function column_of(a, b)
    local same = common_bytes(a, b)
    while same > 0 and (is_inside(a, same + 1) or is_inside(b, same + 1)) do
        same = same - 1
    end
    return (utf8.len(a:sub(1, same)) or same) + 1
end

-- How many lines are the same at the begin, and then at the end.
local function common_lines(a, b)
    local first, last = 0, 0
    while first < #a and first < #b and a[first + 1] == b[first + 1] do first = first + 1 end
    while last < #a - first and last < #b - first and a[#a - last] == b[#b - last] do
        last = last + 1
    end
    return first, last
end

local function visible(line)
    return (line:gsub("\r", "␍"):gsub("%s+$", function(blank) return ("·"):rep(#blank) end))
end

-- Lines of one text, at most half of what is shown.
local function put_lines(out, sign, lines, from, to)
    for i = from, math.min(to, from + MOST_LINES // 2 - 1) do
        out[#out + 1] = ("%s %4d  %s"):format(sign, i, visible(lines[i]))
    end
    if to - from >= MOST_LINES // 2 then
        out[#out + 1] = ("%s    …  %d lines more"):format(sign, to - from + 1 - MOST_LINES // 2)
    end
end

function difference.texts(expected, got)
    local a, b = lines_of(expected), lines_of(got)
    local first, last = common_lines(a, b)
    local line, out = first + 1, {}
    local column = column_of(a[line] or "", b[line] or "")
    put_lines(out, " ", a, math.max(1, line - CONTEXT), first)
    put_lines(out, "-", a, line, #a - last)
    put_lines(out, "+", b, line, #b - last)
    if #a - last - first <= 1 and #b - last - first == 1 then
        out[#out + 1] = (" "):rep(7 + column) .. "^ column " .. column
    end
    put_lines(out, " ", b, #b - last + 1, math.min(#b, #b - last + CONTEXT))
    return line, column, table.concat(out, "\n")
end

return difference
