-- Templates that escape by themselves.
--
--   local page = fascia.template.file("templates/page.html")
--   page(out, { article = article, site = site })
--
--   {{ expression }}       escaped for the place where it stands: element text, attribute value,
--                          address (javascript: and the like become "#"), JSON in a script
--                          element; refused where nothing makes it safe. nil and false are
--                          written as nothing
--   {{{ expression }}}     as it is: for HTML that is known to be good
--   {% statement %}        Lua: {% for _, x in ipairs(list) do %} … {% end %}, also local function
--   {# comment #}
--   {% include "head.html" %}                    another template, with the same variables; the
--   {% include "card.html", { item = x } %}      name is relative to this template's folder, or to
--                                                the plugins' when it begins with "/"; a style
--                                                sheet or script is put in as it is
--   {% layout "base.html" %}                     this template is written where base.html says
--                                                {{{ content }}}; must come first
--
-- A line that holds nothing but one {% %} or {# #} leaves no line behind. The variables are the
-- fields of the table that is given, and behind them Lua's own functions and `fascia`; the table
-- gets a metatable for that, unless it has one. Names that begin with "_" are the template's own.
-- All branches of an `if`, and a loop's body, must end in the kind of place where they began.
--
--   fascia.template(source, name)   a function(out, variables). The name's ending chooses the
--                                   escaping: .xml .atom .rss .svg .opf .ncx .xhtml: XML; .txt .md
--                                   .csv: none; everything else HTML
--   fascia.template.file(name)      the same from a file of the plugins' folders; a site's own
--                                   file goes before the built-in one
--
-- Both compile once in a Lua state. Errors name template and line: templates/page.html:12: …
local core = ...
local context, scan = core.module("context"), core.module("scan")

local template = {}
local MODES = {
    xml = "xml", atom = "xml", rss = "xml", svg = "xml", opf = "xml", ncx = "xml", xhtml = "xml",
    txt = "text", md = "text", csv = "text",
}
local VERBATIM = { css = true, js = true, json = true }

local function ending(name)
    return name:match("%.(%w+)$") or ""
end

-- The variables of a template that its caller did not give.
local variables
local function with_globals(env)
    if getmetatable(env) then return env end
    if not variables then
        variables = { __index = {
            fascia = core.module("init"), ipairs = ipairs, pairs = pairs, next = next,
            select = select, type = type, tostring = tostring, tonumber = tonumber,
            error = error, assert = assert, pcall = pcall, string = string, table = table,
            math = math, utf8 = utf8,
        } }
    end
    return setmetatable(env, variables)
end

local function with_fields(env, fields)
    return setmetatable(fields, { __index = env })
end

-- Letters for core.put: how a value is written, by the kind of its place.
local LETTERS = {
    html = "h", xml = "x", url = "u", path = "p", json = "j", none = "=", link = "l", image = "i",
    data = "d",
}

-- Everything that compiling one template needs: its name, the code so far (a line of code a line
-- of template), the templates that it includes, and the places where open blocks began.
local function fail(unit, piece, ...)
    error(("%s:%d: %s"):format(unit.name, piece.line, table.concat({ ... })), 0)
end

local emit = {}

local function add(unit, code)
    unit.code[#unit.code + 1] = code
end

-- Literals and values in a row share one call, core.put(out, "KINDS LINES", value, …); code of any
-- other kind ends it.
local MOST_VALUES = 50
local function push(unit, code)
    local run = unit.run
    if run then
        unit.code[run.at] = ("_put(_out,%q"):format(table.concat(run.letters) .. " "
            .. table.concat(run.lines, " "))
        add(unit, ")")
    end
    unit.run = nil
    add(unit, code)
end

local function push_value(unit, letter, code, line)
    local run = unit.run
    if not run or #run.letters == MOST_VALUES then
        push(unit, "")
        run = { at = #unit.code, letters = {}, lines = {} }
        unit.run = run
    end
    run.letters[#run.letters + 1] = letter
    run.lines[#run.lines + 1] = line
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

-- An error in the making of JSON names the line of the call: that of the value, if it comes first.
local function push_expression(unit, letter, piece)
    if letter == "d" or not is_plain(piece.text) then push(unit, "") end
    push_value(unit, letter, "(" .. piece.text .. ")", piece.line)
end

function emit.literal(unit, piece)
    context.advance(unit.state, piece.text)
    -- %q keeps each line end of the literal as a line end of the code.
    if piece.text ~= "" then push_value(unit, "=", ("%q"):format(piece.text), piece.line) end
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
    context.value(unit.state)
    if not piece.text:find("^%s*content%s*$") then return push_expression(unit, "=", piece) end
    push(unit, "if _content then _content(_out,_ENV) else _put(_out,'= " .. piece.line
        .. "',content) end")
end

local function check_place(unit, piece, open)
    if context.same(open.state, unit.state) then return end
    fail(unit, piece, "the block of line ", open.line, " begins in ",
        context.describe(open.state), " and ends in ", context.describe(unit.state))
end

-- A statement may open a block, close it, or go on with another branch of it.
function emit.statement(unit, piece)
    check_code(unit, piece)
    local blocks = unit.blocks
    local first, last = piece.text:match("^%s*(%a+)"), piece.text:match("(%S+)%s*$")
    local open = blocks[#blocks]
    if first == "end" or first == "until" or first == "else" or first == "elseif" then
        if not open then fail(unit, piece, '"', first, '" closes nothing') end
        check_place(unit, piece, open)
        unit.state = context.copy(open.state)
        if first == "end" or first == "until" then blocks[#blocks] = nil end
    elseif last == "then" or last == "do" or first == "repeat"
        or piece.text:find("function[^()]*%b()%s*$") then
        blocks[#blocks + 1] = { line = piece.line, state = context.copy(unit.state) }
    end
    push(unit, " " .. piece.text .. " ")
end

local compile_file

local function resolve(unit, name)
    if name:sub(1, 1) == "/" then return name:sub(2) end
    return (unit.name:match("^.*/") or "") .. name
end

local function read(unit, piece, name)
    local source = core.file(name)
    if not source then fail(unit, piece, 'there is no template "', name, '"') end
    return source
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
    push_value(unit, "=", ("_parts[%d]"):format(#unit.parts) .. piece.line_ends, piece.line)
end

function emit.include(unit, piece)
    local name, fields = piece.name, piece.fields
    name = resolve(unit, name)
    if VERBATIM[ending(name)] then return include_verbatim(unit, piece, name) end
    if unit.above[name] then fail(unit, piece, '"', name, '" includes itself') end
    local source = read(unit, piece, name)
    unit.parts[#unit.parts + 1] = compile_file(source, name, unit.state, unit.above)
    local env = fields and ("_with(_ENV,%s)"):format(fields) or "_ENV"
    push(unit, ("_parts[%d](_out,%s)"):format(#unit.parts, env) .. piece.line_ends)
end

function emit.layout(unit, piece)
    local name = resolve(unit, piece.name)
    if unit.started then fail(unit, piece, "a layout must be named before anything else") end
    unit.layout = compile_file(read(unit, piece, name), name, unit.state, unit.above)
    push(unit, piece.line_ends)
end

local HEAD = "local _parts,_with,_put=... return function(_out,_ENV,_content) "

local function assemble(unit)
    push(unit, "end")
    local code = HEAD .. table.concat(unit.code, " ")
    local chunk = core.load(code, unit.name, {})
    return chunk(unit.parts, with_fields, core.put)
end

-- Returns a function(out, env, content) that writes the template, which begins in `state`.
function compile_file(source, name, state, above)
    local unit = { name = name, code = {}, parts = {}, blocks = {}, state = context.copy(state),
                   above = setmetatable({ [name] = true }, { __index = above }) }
    for _, piece in ipairs(scan(source, name)) do
        emit[piece.kind](unit, piece)
        unit.started = unit.started or piece.kind ~= "skipped" and piece.kind ~= "comment"
    end
    local open = unit.blocks[#unit.blocks]
    if open then fail(unit, open, "this block is never closed with {% end %}") end
    if not context.same(state, unit.state) then
        error(name .. ": the template ends in " .. context.describe(unit.state), 0)
    end
    local body = assemble(unit)
    if not unit.layout then return body end
    return function(out, env) return unit.layout(out, env, body) end
end

local function compile(source, name)
    local state = context.start(MODES[ending(name)] or "html")
    local body = compile_file(source, name, state, nil)
    return function(out, env)
        body(out, with_globals(env or {}))
        return out
    end
end

local compiled = {}

local function cached(name, source)
    local key = name .. "\0" .. source
    compiled[key] = compiled[key] or compile(source, name)
    return compiled[key]
end

function template.file(name)
    local source = core.file(name)
    if not source then error('there is no template "' .. name .. '"', 2) end
    return cached(name, source)
end

return setmetatable(template, {
    __call = function(_, source, name) return cached(name or "template", source) end,
})
