-- Templates that escape by themselves.
--
--   local page = fascia.template.file("templates/page.html")
--   page(out, { article = article, site = site })
--
--   {{ expression }}       escaped for the place where it stands: element text, attribute value,
--                          address (javascript: and the like become "#"), JSON in a script
--                          element; refused where nothing makes it safe. nil and false are
--                          written as nothing, but a name that stands alone must have a value,
--                          unless a statement of the template asks for it
--   {{{ expression }}}     as it is: for HTML that is known to be good
--   {% statement %}        Lua: {% for _, x in ipairs(list) do %} … {% end %}, local function too
--   {# comment #}
--   {% include "head.html" %}                    another template, with the same variables; the
--   {% include "card.html", { item = x } %}      name is relative to this template's folder, or to
--                                                the plugins' when it begins with "/"; a style
--                                                sheet or script is put in as it is
--   {% layout "base.html" %}                     this template is written where base.html says
--                                                {{{ content }}}; must come first
--   {% block "side" %} … {% end %}               in base.html: a place with a name, and what it
--                                                holds by default. In a template whose layout
--                                                base.html is: what it holds instead
--
-- A line that holds nothing but one {% %} or {# #} leaves no line behind. The variables are the
-- fields of the table that is given, and behind them Lua's own functions and `fascia`; the table
-- gets a metatable for that, unless it has one. Names that begin with "_" are the template's own.
-- All branches of an `if`, and a loop's body, must end in the kind of place where they began.
--
-- A layout may have a layout, and includes may hold its blocks. A block that is put into a layout
-- sees the variables, but no local of its template. What stands outside of such blocks is the
-- content.
--
-- A site's own file goes before the built-in one of the same name, whoever asks for it: with
-- plugins/templates/head.html every built-in page has that head.
--
-- Errors point into the template, by line and column. A rendering runs again when a template
-- changes that its export has used.
local core = ...
local compile, context = core.module("compile"), core.module("context")

---What a template became: it writes to `out` and returns it.
---@alias fascia.Template fun(out: fascia.Out, variables?: table): fascia.Out

---Templates that escape by themselves, from a text; compiled once. The name's ending chooses the
---escaping: `.xml .atom .rss .svg .opf .ncx .xhtml`: XML; `.txt .md .csv`: none; everything else
---HTML.
---@class fascia.template
---@overload fun(source: string, name?: string): fascia.Template
local template = {}
local MODES = {
    xml = "xml", atom = "xml", rss = "xml", svg = "xml", opf = "xml", ncx = "xml", xhtml = "xml",
    txt = "text", md = "text", csv = "text",
}

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

-- `mark`: what was asked for since is what the template is made of.
local function new(source, name, place, mark)
    local mode = MODES[name:match("%.(%w+)$")] or "html"
    local body = compile(source, name, place, context.start(mode))
    local used = core.template(mark)
    return function(out, env)
        if type(out) ~= "userdata" then
            error("a template is called with the output and its variables: page(out, { … })", 2)
        end
        core.use(used)
        body(out, with_globals(env or {}))
        return out
    end
end

local files, compiled = {}, {}

---The same from a file of the plugins' folders; a site's own goes before the built-in one.
---@param name string
---@return fascia.Template
function template.file(name)
    if files[name] then return files[name] end
    local mark = core.asked()
    local source, place = core.file(name)
    if not source then
        local hint = place and ('; did you mean "%s"?'):format(place) or ""
        error(('there is no template "%s"%s'):format(name, hint), 2)
    end
    files[name] = new(source, name, place, mark)
    return files[name]
end

return setmetatable(template, {
    __call = function(_, source, name)
        name = name or "template"
        local key = name .. "\0" .. source
        compiled[key] = compiled[key] or new(source, name, nil, core.asked())
        return compiled[key]
    end,
})
