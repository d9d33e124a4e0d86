-- What a plugin's reader works with: `[".recipe"] = function(source, options) … return article end`
--
--   source.text, source.path             the whole file; its path below content/
--   for text, line in source:lines() do  each line, as a string and as a piece
--   source:slice(from, to)               a piece, as string.sub counts
--   source:warn(at, text), source:error(at, text)   a message that points at a piece
--
-- A piece is text that knows where in the file it stands:
--
--   line.text, line.number, line.column
--   line:slice(from, to), line:trim()    a part of it, at its own place
--   line:part(text)                      the part that says `text`, such as what a pattern caught
--   line:as(text)                        another text in its place
--   "- " .. line                         words of one's own stand where the piece behind them is
--
-- In memory a piece is its text, and triples of numbers, each a run of it: where in the text it
-- begins, where that stands in the file, and whether it goes on as the file does (ALONG) or all
-- stands at one place (FIXED). Both count from 0; NOWHERE is for words that the file does not hold.
local core = ...

local NOWHERE, FIXED, ALONG = -1, 0, 1

local Piece = {}
local host -- of the reading under way: place(at) -> line, column; see(at), warn and fail(at, text)

local function new(text, runs)
    runs.text = text
    return setmetatable(runs, Piece)
end

local function is_piece(value)
    return type(value) == "table" and rawget(value, "text") ~= nil and getmetatable(value) == false
end

local function runs_of(value)
    return is_piece(value) and value or { 0, NOWHERE, FIXED }
end

local function text_of(value)
    return is_piece(value) and rawget(value, "text") or tostring(value)
end

-- Where it stands: the first place in it.
local function place_of(piece)
    for i = 2, rawlen(piece), 3 do
        if piece[i] ~= NOWHERE then return piece[i] end
    end
    return 0
end

-- Appends the runs of a text that begins at `begin` of a longer one.
local function add_runs(to, runs, begin)
    for i = 1, rawlen(runs), 3 do
        table.move({ runs[i] + begin, runs[i + 1], runs[i + 2] }, 1, 3, #to + 1, to)
    end
end

-- From a string's indices as string.sub takes them to offsets: behind `begin`, up to `stop`.
local function bounds(length, from, to)
    if from < 0 then from = math.max(length + from + 1, 1) end
    if to < 0 then to = length + to + 1 end
    local begin = math.min(math.max(from, 1) - 1, length)
    return begin, math.max(math.min(to, length), begin)
end

-- Pieces

local methods = {}

function methods.slice(piece, from, to)
    local begin, stop = bounds(#piece.text, from or 1, to or -1)
    local runs = {}
    for i = 1, rawlen(piece), 3 do
        local first, last = piece[i], piece[i + 3] or math.huge
        if first <= begin and last > begin or first > begin and first < stop then
            local skipped = math.max(begin - first, 0)
            local at = piece[i + 1] + (piece[i + 2] == ALONG and skipped or 0)
            table.move({ first + skipped - begin, at, piece[i + 2] }, 1, 3, #runs + 1, runs)
        end
    end
    return new(piece.text:sub(begin + 1, stop), runs)
end

function methods.part(piece, text)
    text = text_of(text)
    local from, to = piece.text:find(text, 1, true)
    if not from then error(("there is no '%s' in '%s'"):format(text, piece.text), 2) end
    return piece:slice(from, to)
end

function methods.trim(piece)
    local from = piece.text:match("^%s*()")
    local behind = piece.text:match("^.*%S()") or from -- not "%s*$", which tries every blank
    return piece:slice(from, behind - 1)
end

function methods.as(piece, text)
    return new(text_of(text), { 0, place_of(piece), FIXED })
end

local computed = {}

function computed.number(piece)
    return (host.place(place_of(piece)))
end

function computed.column(piece)
    return (select(2, host.place(place_of(piece))))
end

local function unknown(what, key, known, otherwise)
    local near = core.nearest(tostring(key), known)
    return ("%s has no '%s'%s"):format(what, tostring(key),
        near and "; did you mean '" .. near .. "'?" or otherwise or "")
end

function Piece.__index(piece, key)
    if math.type(key) == "integer" then return nil end
    if computed[key] then return computed[key](piece) end
    if methods[key] then return methods[key] end
    local of_text = string[key] and ("; its text has: piece.text:%s(…)"):format(key)
    error(unknown("a piece", key, of_text and {} or
        { "text", "number", "column", "slice", "part", "trim", "as" }, of_text), 2)
end

function Piece.__concat(a, b)
    local runs, first = {}, text_of(a)
    add_runs(runs, runs_of(a), 0)
    add_runs(runs, runs_of(b), #first)
    return new(first .. text_of(b), runs)
end

function Piece.__len(piece) return #piece.text end

function Piece.__tostring(piece) return piece.text end

function Piece.__eq(a, b) return a.text == b.text end

Piece.__metatable = false

-- The source

local Source = {}
local source_methods = {}

function source_methods.slice(source, from, to)
    local begin, stop = bounds(#source.text, from or 1, to or -1)
    return new(source.text:sub(begin + 1, stop), { 0, begin, ALONG })
end

-- Lines end at LF, CRLF or a lone CR; a byte order mark is none of the first.
function source_methods.lines(source)
    local text = source.text
    local at, number = text:find("^\xEF\xBB\xBF") and 4 or 1, 0
    return function()
        if at > #text then return nil end
        local begin, stop = at, text:find("[\r\n]", at) or #text + 1
        at, number = text:match("^\r?\n?()", stop), number + 1
        host.see(begin - 1)
        local line = text:sub(begin, stop - 1)
        return line, new(line, { 0, begin - 1, ALONG, number = number })
    end
end

-- A place that the plugin names: a piece, an index into the text, or none.
local function offset_of(at)
    if is_piece(at) then return place_of(at) end
    return math.type(at) == "integer" and at - 1 or 0
end

function source_methods.warn(_, at, text, more) host.warn(offset_of(at), text, more) end

function source_methods.error(_, at, text, more) host.error(offset_of(at), text, more) end

function Source.__index(_, key)
    return source_methods[key] or error(unknown("a source", key,
        { "text", "path", "lines", "slice", "warn", "error" }), 2)
end

Source.__metatable = false

return {
    meta = Piece, new = new, is = is_piece, text_of = text_of, runs_of = runs_of,
    add_runs = add_runs, unknown = unknown, methods = methods, source_methods = source_methods,
    -- The source of a reading that begins.
    source = function(with, text, path)
        host = with
        return setmetatable({ text = text, path = path }, Source)
    end,
}
