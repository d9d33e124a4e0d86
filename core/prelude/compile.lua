-- Makes a function of a template (see fascia.template):
--
--   compile(source, name, place, state)   a function(out, env) that writes it; `name` is what names
--                                         of other templates are relative to, `place` its file as
--                                         messages call it (nil: it is none), `state` where it
--                                         begins (see context)
--
-- A line of the template is a line of the Lua code that it becomes, so that Lua's own messages have
-- the right line. What is wrong is raised as "place:line:column: …".
local core = ...
local context, scan = core.module("context"), core.module("scan")

local VERBATIM = { css = true, js = true, json = true }

-- Letters for core.put: how a value is written, by the kind of its place.
local LETTERS = {
    html = "h", xml = "x", url = "u", path = "p", json = "j", none = "=", link = "l", image = "i",
    data = "d",
}

-- A unit is one template being compiled: name, place and chunk (what Lua calls it), the code so
-- far, the `parts` that the code refers to, the `words` of its statements, the statements that are `open`, the names `above` it
-- that it must not include, and by `named` the states where blocks may be put in.
local compile_file

local function fail(unit, piece, ...)
    error(("%s:%d:%d: %s"):format(unit.place, piece.line, piece.col, table.concat({ ... })), 0)
end

local function with_fields(env, fields)
    return setmetatable(fields, { __index = env })
end

-- Code

local function add(unit, code)
    unit.code[#unit.code + 1] = code
end

-- Literals and values in a row share one call, core.put(out, "KINDS PLACES", value, …); code of
-- any other kind ends it.
local MOST_VALUES = 50
local function push(unit, code)
    local run = unit.run
    if run then
        unit.code[run.at] = ("_put(_out,%q"):format(table.concat(run.letters) .. " "
            .. table.concat(run.places, " "))
        add(unit, ")")
    end
    unit.run = nil
    add(unit, code)
end

local function push_value(unit, letter, code, piece)
    local run = unit.run
    if not run or #run.letters == MOST_VALUES then
        push(unit, "")
        run = { at = #unit.code, letters = {}, places = {} }
        unit.run = run
    end
    run.letters[#run.letters + 1] = letter
    run.places[#run.places + 1] = piece.kind == "literal" and piece.line
        or piece.line .. ":" .. piece.col
    add(unit, "," .. code)
end

-- Names, their fields, and choices between them: nothing that could write by itself, which would
-- have to come behind what the same call writes before it.
local function is_plain(code)
    for operand in (code:gsub("%f[%w]or%f[%W]", "\0"):gsub("%f[%w]and%f[%W]", "\0") .. "\0")
        :gmatch("([^%z]*)%z") do
        if not operand:find("^%s*[%a_][%w_.]*%s*$") then return false end
    end
    return true
end

-- Variables

-- Of the words in the template's statements each may be a local, or is asked about there: it may be
-- nil.
local function words_of_statements(pieces)
    local words = { ["nil"] = true, ["true"] = true, ["false"] = true, ["not"] = true,
        ["function"] = true }
    for _, piece in ipairs(pieces) do
        local text = piece.kind == "statement" and piece.text or ""
        for word in text:gmatch("[%a_][%w_]*") do words[word] = true end
    end
    return words
end

local function names_in(env)
    local names = {}
    while type(env) == "table" do
        for name in next, env do names[#names + 1] = name end
        env = (getmetatable(env) or {}).__index
    end
    table.sort(names)
    return names
end

-- What a template does about a variable that is nil: where nobody gave one of its name.
local function missing_in(place)
    return function(env, name, value, line, col)
        if value ~= nil then return value end
        local near = core.nearest(name, names_in(env))
        local help = near and ("did you mean '%s'?"):format(near)
            or ("write {%% if %s then %%} where it may be missing"):format(name)
        error(("%s:%d:%d: there is no variable '%s'; %s"):format(place, line, col, name, help), 0)
    end
end

-- An expression that is a name, or begins with one whose fields are wanted. To write nothing for it
-- would hide that it is mistyped.
local function checked(unit, piece)
    local before, name, rest = piece.text:match("^(%s*)([%a_][%w_]*)(.*)$")
    local is_value = name and (not rest:find("%S") or rest:find("^%.[%a_]") or rest:find("^[:%[]"))
    if not is_value or unit.words[name] then return piece.text end
    return ("%s(%s or _miss(_ENV,%q,%s,%d,%d))%s"):format(before, name, name, name, piece.line,
        piece.col, rest)
end

-- An error in the making of JSON names the line of the call: that of the value, if it comes first.
local function push_expression(unit, letter, piece)
    if letter == "d" or not is_plain(piece.text) then push(unit, "") end
    local code = letter == "d" and piece.text or checked(unit, piece)
    push_value(unit, letter, "(" .. code .. ")", piece)
end

-- Lua's message names what is wrong in code that nobody wrote: the expression that is none is
-- told instead, if that is it.
local function refuse_code(unit, message)
    for _, piece in ipairs(unit.pieces) do
        if piece.kind == "expression" or piece.kind == "raw" then
            local good, why = core.load("return " .. piece.text, "=", {})
            if not good then
                fail(unit, piece, "this is no Lua expression: ", (why:gsub("^:%d+: ", "")))
            end
        end
    end
    error(message, 0)
end

local HEAD = "local _parts,_with,_put,_miss=... return function(_out,_ENV,_blocks) "

local function assemble(unit)
    push(unit, "end")
    local code = HEAD .. table.concat(unit.code, " ")
    local chunk, message = core.load(code, unit.chunk, {})
    if not chunk then refuse_code(unit, message) end
    return chunk(unit.parts, with_fields, core.put, missing_in(unit.place))
end

-- Pieces: how each kind becomes code

local emit = {}

function emit.literal(unit, piece)
    context.advance(unit.state, piece.text)
    -- %q keeps each line end of the literal as a line end of the code.
    if piece.text ~= "" then push_value(unit, "=", ("%q"):format(piece.text), piece) end
end

function emit.skipped(unit, piece)
    add(unit, piece.text)
end

function emit.comment(unit, piece)
    add(unit, (piece.text:gsub("[^\n]", "")))
end

local function check_code(unit, piece)
    if not piece.text:find("%S") then fail(unit, piece, "there is nothing between the braces") end
    local last = piece.text:match("[^\n]*$"):gsub('%b""', ""):gsub("%b''", "")
    if last:find("--", 1, true) then
        fail(unit, piece, "a Lua comment here would hide what follows; write {# … #} instead")
    end
end

function emit.expression(unit, piece)
    check_code(unit, piece)
    local kind, reason = context.kind(unit.state)
    if not kind then
        fail(unit, piece, "{{ }} cannot be made safe here: ", reason, "; use {{{ }}} if you must")
    end
    context.value(unit.state)
    push_expression(unit, LETTERS[kind], piece)
end

function emit.raw(unit, piece)
    check_code(unit, piece)
    local is_content = piece.text:find("^%s*content%s*$")
    if is_content then unit.named.content = context.copy(unit.state) end
    context.value(unit.state)
    if not is_content then return push_expression(unit, "=", piece) end
    push(unit, "if _blocks and _blocks.content then _blocks.content(_out,_ENV) else _put(_out,'= "
        .. piece.line .. ":" .. piece.col .. "',content) end")
end

-- Statements may open something, close it, or go on with another branch of it.

local function open(unit, piece, more)
    more = more or {}
    more.line, more.col, more.state = piece.line, piece.col, context.copy(unit.state)
    unit.open[#unit.open + 1] = more
end

local function check_place(unit, piece, opened)
    if context.same(opened.state, unit.state) then return end
    fail(unit, piece, "the block of line ", opened.line, " begins in ",
        context.describe(opened.state), " and ends in ", context.describe(unit.state))
end

-- The end of a block that is put into the layout: its code is a function of its own.
local function close_own(unit, piece, opened)
    unit.own[opened.own] = assemble(unit)
    unit.code, unit.state = opened.code, opened.outside
    add(unit, ("\n"):rep(piece.line - opened.line) .. piece.text:gsub("[^\n]", ""))
end

local function go_on(unit, piece, word)
    local opened = unit.open[#unit.open]
    if not opened or opened.is_block and word ~= "end" then
        fail(unit, piece, '"', word, '" closes nothing')
    end
    check_place(unit, piece, opened)
    unit.state = context.copy(opened.state)
    if word == "end" or word == "until" then unit.open[#unit.open] = nil end
    if opened.own then close_own(unit, piece, opened) else push(unit, " " .. piece.text .. " ") end
end

local CLOSES = { ["end"] = true, ["until"] = true, ["else"] = true, ["elseif"] = true }

function emit.statement(unit, piece)
    check_code(unit, piece)
    local first, last = piece.text:match("^%s*(%a+)"), piece.text:match("(%S+)%s*$")
    if CLOSES[first] then return go_on(unit, piece, first) end
    if last == "then" or last == "do" or first == "repeat"
        or piece.text:find("function[^()]*%b()%s*$") then
        open(unit, piece)
    end
    push(unit, " " .. piece.text .. " ")
end

-- Other templates

local function ending(name)
    return name:match("%.(%w+)$") or ""
end

local function resolve(unit, name)
    if name:sub(1, 1) == "/" then return name:sub(2) end
    return (unit.name:match("^.*/") or "") .. name
end

local function read(unit, piece, name)
    local source, place = core.file(name)
    if source then return source, place end
    local hint = place and ('; did you mean "/%s"?'):format(place) or ""
    fail(unit, piece, 'there is no template "', name, '"', hint)
end

-- A style sheet or script: no tag of ours is looked for in it.
local function include_verbatim(unit, piece, name)
    local source = read(unit, piece, name)
    local before = context.copy(unit.state)
    context.advance(unit.state, source)
    if not context.same(before, unit.state) then
        fail(unit, piece, '"', name, '" would end ', context.describe(before))
    end
    unit.parts[#unit.parts + 1] = source
    push_value(unit, "=", ("_parts[%d]"):format(#unit.parts) .. piece.line_ends, piece)
end

local function compile_other(unit, piece, name, is_layout)
    if unit.above[name] then fail(unit, piece, '"', name, '" includes itself') end
    local source, place = read(unit, piece, name)
    return compile_file(source, name, place, "@" .. place, unit.state, unit.above, is_layout)
end

function emit.include(unit, piece)
    local name = resolve(unit, piece.name)
    if VERBATIM[ending(name)] then return include_verbatim(unit, piece, name) end
    local part, named = compile_other(unit, piece, name, false)
    for block, state in pairs(named) do unit.named[block] = state end
    unit.parts[#unit.parts + 1] = part
    local env = piece.fields and ("_with(_ENV,%s)"):format(piece.fields) or "_ENV"
    push(unit, ("_parts[%d](_out,%s,_blocks)"):format(#unit.parts, env) .. piece.line_ends)
end

function emit.layout(unit, piece)
    if unit.started then fail(unit, piece, "a layout must be named before anything else") end
    local name = resolve(unit, piece.name)
    unit.layout, unit.around = compile_other(unit, piece, name, true)
    unit.layout_name, unit.own = name, {}
    unit.state = context.copy(unit.around.content or unit.state)
    unit.begins = context.copy(unit.state)
    push(unit, piece.line_ends)
end

local function open_own(unit, piece, state)
    if unit.own[piece.name] then fail(unit, piece, 'a second block "', piece.name, '"') end
    push(unit, "")
    local more = { own = piece.name, code = unit.code, outside = unit.state, is_block = true }
    unit.code, unit.state = { ("\n"):rep(piece.line - 1) .. piece.line_ends }, context.copy(state)
    open(unit, piece, more)
end

-- In a template that has a layout a block is put in there; elsewhere, and when the layout does not
-- know it, it is a place where those that have this one as a layout may put theirs.
function emit.block(unit, piece)
    if piece.name == "content" then fail(unit, piece, "the content needs no block") end
    local state = unit.layout and #unit.open == 0 and unit.around[piece.name]
    if state then
        return open_own(unit, piece, state)
    elseif unit.layout and #unit.open == 0 and not unit.is_layout then
        fail(unit, piece, '"', unit.layout_name, '" has no block "', piece.name, '"')
    end
    unit.named[piece.name] = context.copy(unit.state)
    open(unit, piece, { is_block = true })
    push(unit, ("if _blocks and _blocks[%q] then _blocks[%q](_out,_ENV) else ")
        :format(piece.name, piece.name) .. piece.line_ends)
end

-- A template

-- What stands outside of blocks is the content, which the layout must have a place for.
local function check_content(unit, piece)
    local is_nothing = piece.kind == "literal" and not piece.text:find("%S")
        or piece.kind == "statement" or piece.kind == "skipped" or piece.kind == "comment"
        or piece.kind == "layout" or piece.kind == "block" or #unit.open > 0
    if is_nothing or not unit.layout or unit.around.content then return end
    fail(unit, piece, '"', unit.layout_name, '" has no {{{ content }}}: write this into a block')
end

-- The layout, with this template's blocks where it has places for them. Blocks that come from a
-- template which has this one as its layout go before.
local function surrounded(unit, body)
    local layout, own = unit.layout, unit.own
    own.content = body
    return function(out, env, blocks)
        local given = {}
        for name, block in pairs(blocks or {}) do given[name] = block end
        for name, write in pairs(own) do
            if name == "content" or not given[name] then
                given[name] = function(to, with) return write(to, with, blocks) end
            end
        end
        return layout(out, env, given)
    end
end

-- What a template that has this one as its layout may fill in.
local function places_for_blocks(unit)
    for name, state in pairs(unit.around or {}) do
        if name ~= "content" then unit.named[name] = unit.named[name] or state end
    end
    return unit.named
end

local function check_end(unit)
    local opened, last = unit.open[#unit.open], unit.pieces[#unit.pieces]
    if opened then fail(unit, opened, "this block is never closed with {% end %}") end
    if not context.same(unit.begins, unit.state) then
        fail(unit, last, "the template ends in ", context.describe(unit.state))
    end
end

function compile_file(source, name, place, chunk, state, above, is_layout)
    local unit = {
        name = name, place = place, chunk = chunk, code = {}, parts = {}, open = {}, named = {},
        is_layout = is_layout, begins = state, state = context.copy(state),
        above = setmetatable({ [name] = true }, { __index = above }),
    }
    unit.pieces = scan(source, place)
    unit.words = words_of_statements(unit.pieces)
    for _, piece in ipairs(unit.pieces) do
        check_content(unit, piece)
        emit[piece.kind](unit, piece)
        unit.started = unit.started or piece.kind ~= "skipped" and piece.kind ~= "comment"
    end
    check_end(unit)
    local body = assemble(unit)
    return unit.layout and surrounded(unit, body) or body, places_for_blocks(unit)
end

return function(source, name, place, state)
    local chunk = place and "@" .. place or "=" .. name
    return (compile_file(source, name, place or name, chunk, state, nil))
end
