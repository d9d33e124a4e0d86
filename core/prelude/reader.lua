-- Calls a plugin's reader, and checks the article that it returns (piece.lua says what it is
-- given): which fields there are, and of what they are made. What front matter says is checked
-- where that of every article is.
local core = ...

local pieces = core.module("piece")
local is_piece, text_of, unknown = pieces.is, pieces.text_of, pieces.unknown

local FRONT = { "title", "slug", "summary", "date", "updated", "author", "authors", "tags", "lang",
    "dir", "draft", "id", "faq" }
local LISTS = {
    faq = { question = "text", answer = "text?" },
    facts = { subject = "text?", name = "text", value = "text" },
    pros = { subject = "text?", items = "texts" },
    cons = { subject = "text?", items = "texts" },
    comparisons = { title = "text?", factor = "text?", subjects = "texts", rows = "rows" },
    recommendations = { when = "text", choose = "text" },
    evidence = { text = "text", year = "integer?", source = "text?" },
}
local ROW = { factor = "text", cells = "texts" }

local function refuse(format, ...)
    error(format:format(...), 0)
end

local function keys_of(t)
    local keys = {}
    for key in pairs(t) do keys[#keys + 1] = key end
    return keys
end

local function need_table(value, name, what)
    if type(value) ~= "table" or is_piece(value) then
        refuse("%s must be a %s, not a %s", name, what, is_piece(value) and "text" or type(value))
    end
    return value
end

local function take_text(value, name)
    if type(value) == "number" then return tostring(value) end
    if type(value) ~= "string" and not is_piece(value) then
        refuse("%s must be a text, not a %s", name, type(value))
    end
    return value
end

local function take_list(list, name, take)
    local taken = {}
    for i, item in ipairs(need_table(list, name, "list")) do
        taken[i] = take(item, ("%s[%d]"):format(name, i))
    end
    for key in pairs(list) do
        if not taken[key] then refuse("%s must be a list, without '%s'", name, tostring(key)) end
    end
    return taken
end

local kinds = {}

local function take_record(record, name, shape)
    local taken = {}
    for key in pairs(need_table(record, name, "table")) do
        if not shape[key] then refuse("%s", unknown(name, key, keys_of(shape))) end
    end
    for key, kind in pairs(shape) do
        local value, own = record[key], name .. "." .. key
        if value ~= nil then
            taken[key] = kinds[kind:gsub("%?", "")](value, own)
        elseif not kind:find("?", 1, true) then
            refuse("%s is missing", own)
        end
    end
    return taken
end

kinds.text = take_text

function kinds.integer(value, name)
    return math.type(value) == "integer" and value or refuse("%s must be a whole number", name)
end

function kinds.texts(value, name) return take_list(value, name, take_text) end

function kinds.rows(value, name)
    return take_list(value, name, function(row, own) return take_record(row, own, ROW) end)
end

local function check_comparison(comparison, name)
    for i, row in ipairs(comparison.rows) do
        if #row.cells ~= #comparison.subjects then
            refuse("%s.rows[%d] has %d cells for %d subjects", name, i, #row.cells,
                #comparison.subjects)
        end
    end
end

local function take_records(name, list)
    return take_list(list, name, function(record, own)
        local taken = take_record(record, own, LISTS[name])
        if name == "comparisons" then check_comparison(taken, own) end
        return taken
    end)
end

-- One piece of all lines.
local function take_body(body, texts, runs, length)
    if type(body) == "table" and not is_piece(body) then
        for i, line in ipairs(body) do
            if i > 1 then
                texts[#texts + 1] = "\n"
                length = length + 1
            end
            length = take_body(line, texts, runs, length)
        end
        return length
    end
    local text = text_of(take_text(body, "body"))
    texts[#texts + 1] = text
    pieces.add_runs(runs, pieces.runs_of(body), length)
    return length + #text
end

-- Front matter as pairs, in the order that `import` is to write it in.
local function take_front(article)
    local pairs_of, is_front = {}, {}
    local function put(key, value)
        pairs_of[#pairs_of + 1], pairs_of[#pairs_of + 2] = key, value
    end
    for _, key in ipairs(FRONT) do
        local value = article[key]
        is_front[key] = true
        if LISTS[key] and value ~= nil then value = take_records(key, value) end
        if type(value) == "number" then value = tostring(value) end
        if value ~= nil then put(key, value) end
    end
    for key, value in pairs(need_table(article.meta or {}, "meta", "table")) do
        if is_front[key] then refuse("meta.%s: '%s' is a field of the article itself", key, key) end
        put(take_text(key, "a key of meta"), value)
    end
    return pairs_of
end

local function check_keys(article)
    local known = { body = true, meta = true }
    for _, key in ipairs(FRONT) do known[key] = true end
    for key in pairs(LISTS) do known[key] = true end
    for key in pairs(article) do
        if not known[key] then
            refuse("%s", unknown("the article", key, keys_of(known),
                "; what is the reader's own goes into 'meta'"))
        end
    end
end

local function take_article(article)
    if type(article) ~= "table" or is_piece(article) then
        refuse("a reader must return a table, the article, not a %s", type(article))
    end
    check_keys(article)
    local given, texts, runs = {}, {}, {}
    for name in pairs(LISTS) do
        if name ~= "faq" and article[name] ~= nil then
            given[name] = take_records(name, article[name])
        end
    end
    take_body(article.body or "", texts, runs, 0)
    local body = pieces.new(table.concat(texts), runs)
    return { front = take_front(article), given = given, body = body }
end

local reader = { piece = pieces.meta }

-- What the plugin's function returned, checked: front (pairs), given (lists), body (a piece).
function reader.read(read, host, text, path, options)
    return take_article(read(pieces.source(host, text, path), options))
end

return reader
