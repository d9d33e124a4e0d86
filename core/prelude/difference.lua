-- How two values differ, for people (see fascia.test):
--
--   difference.show(value)               a value as one line, shortened
--   difference.find(expected, got)       nil when they are the same, else where they first differ
--                                        ("[2].title", "" for the whole) and the two values there
--   difference.texts(expected, got)      line and column of the first difference, and lines that
--                                        show it: "-" expected, "+" got
local core = ...

local difference = {}

local SHOWN = 60         -- code points of a value in a message
local CONTEXT = 2        -- equal lines around those that differ
local MOST_CHANGED = 12  -- lines shown of those that changed together
local MOST_LINES = 60
local MOST_PAIRS = 40000 -- of lines; of more, nobody looks for what they share
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

-- How many of the lines that follow can be kept, by the lines at which both stand (the longest
-- common subsequence, from the end).
local function kept_from(a, b, first, a_end, b_end)
    local rows = { [a_end + 1] = {} }
    for i = a_end, first + 1, -1 do
        local row, below = {}, rows[i + 1]
        for j = b_end, first + 1, -1 do
            row[j] = a[i] == b[j] and (below[j + 1] or 0) + 1
                or math.max(below[j] or 0, row[j + 1] or 0)
        end
        rows[i] = row
    end
    return rows
end

-- Runs of lines that were kept (" "), left out ("-", numbers of the first text) or came ("+").
local function add(runs, sign, from, to)
    local run = runs[#runs]
    if to < from then return end
    if run and run.sign == sign and run.to == from - 1 then
        run.to = to
    else
        runs[#runs + 1] = { sign = sign, from = from, to = to }
    end
end

local function add_step(runs, a, b, kept, at, a_end, b_end)
    local i, j = at.i, at.j
    if i <= a_end and j <= b_end and a[i] == b[j] then
        add(runs, " ", j, j)
        at.i, at.j = i + 1, j + 1
    elseif j > b_end or i <= a_end and (kept[i + 1][j] or 0) >= (kept[i][j + 1] or 0) then
        add(runs, "-", i, i)
        at.i = i + 1
    else
        add(runs, "+", j, j)
        at.j = j + 1
    end
end

local function runs_of(a, b, first, last)
    local runs, at, a_end, b_end = {}, { i = first + 1, j = first + 1 }, #a - last, #b - last
    add(runs, " ", 1, first)
    if (a_end - first) * (b_end - first) > MOST_PAIRS then
        add(runs, "-", first + 1, a_end)
        add(runs, "+", first + 1, b_end)
    else
        local kept = kept_from(a, b, first, a_end, b_end)
        while at.i <= a_end or at.j <= b_end do add_step(runs, a, b, kept, at, a_end, b_end) end
    end
    add(runs, " ", b_end + 1, #b)
    return runs
end

local function visible(line)
    return (line:gsub("\r", "␍"):gsub("%s+$", function(blank) return ("·"):rep(#blank) end))
end

local function put_lines(out, sign, lines, from, to)
    for i = from, to do
        out[#out + 1] = ("%s %4d  %s"):format(sign, i, visible(lines[i]))
    end
end

local function put_changed(out, run, lines)
    local shown = math.min(run.to, run.from + MOST_CHANGED - 1)
    put_lines(out, run.sign, lines, run.from, shown)
    if shown < run.to then
        out[#out + 1] = ("%s    …  %d lines more"):format(run.sign, run.to - shown)
    end
end

-- Of lines that were kept, those next to a change.
local function put_kept(out, run, lines, is_first, is_last)
    local head = is_first and run.from - 1 or math.min(run.to, run.from + CONTEXT - 1)
    local tail = is_last and run.to + 1 or math.max(head + 1, run.to - CONTEXT + 1)
    put_lines(out, " ", lines, run.from, head)
    if not is_first and not is_last and tail > head + 1 then out[#out + 1] = "     …" end
    put_lines(out, " ", lines, tail, run.to)
end

-- Whether one line, the first that differs, became another.
local function is_one_line(runs, i)
    local old, new = runs[i], runs[i + 1]
    return old and new and old.sign == "-" and new.sign == "+" and old.from == old.to
        and new.from == new.to and old.from == new.from
end

function difference.texts(expected, got)
    local a, b = lines_of(expected), lines_of(got)
    local first, last = common_lines(a, b)
    local runs, out, line = runs_of(a, b, first, last), {}, first + 1
    local column = column_of(a[line] or "", b[line] or "")
    for i, run in ipairs(runs) do
        if #out > MOST_LINES then
            out[#out + 1] = "     … and so on"
            break
        elseif run.sign == " " then
            put_kept(out, run, b, i == 1, i == #runs)
        else
            put_changed(out, run, run.sign == "-" and a or b)
        end
        if run.sign == "+" and run.from == line and is_one_line(runs, i - 1) then
            out[#out + 1] = (" "):rep(7 + column) .. "^ column " .. column
        end
    end
    return line, column, table.concat(out, "\n")
end

return difference
