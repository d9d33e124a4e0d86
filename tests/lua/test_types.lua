-- The definitions for editors (`fascia types`, which `make` writes to build/types/fascia.lua)
-- against what there is when a plugin runs: names that only one side knows fail.
local tests = {}

local BASE = { any = true, ["nil"] = true, boolean = true, string = true, number = true,
    integer = true, table = true, ["function"] = true, fun = true, lightuserdata = true, T = true,
    ["true"] = true, ["false"] = true }

local function read(t, path)
    local file = assert(io.open(t.root .. "/" .. path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

-- Classes with their fields, aliases, and every type that a line names.
local function parse(text)
    local found = { classes = {}, aliases = {}, types = {}, lines = 0 }
    local class
    for line in text:gmatch("[^\n]*") do
        local tag, rest = line:match("^%-%-%-@(%a+)%s*(.*)$")
        if tag == "class" then
            class = {}
            found.classes[rest] = class
        elseif tag == "field" then
            local name, type = rest:match("^(%S-)%??%s+(.*)$")
            class[name] = type
            found.types[#found.types + 1] = type
        elseif tag == "alias" then
            local name, type = rest:match("^(%S+)%s+(.*)$")
            found.aliases[name] = true
            found.types[#found.types + 1] = type
        elseif tag == "param" then
            found.types[#found.types + 1] = rest:match("^%S+%s+(.*)$")
        elseif tag == "return" or tag == "type" or tag == "overload" then
            found.types[#found.types + 1] = rest
        else
            assert(not tag or tag == "meta" or tag == "generic", "a new annotation: " .. line)
        end
        found.lines = found.lines + (tag and 1 or 0)
    end
    return found
end

-- The names in a type, which ends where its description begins.
local function names_in(type)
    type = type:gsub('"[^"]*"', "nil"):gsub("[%w_]+%??:", "")
    local depth, stop = 0, #type
    for i = 1, #type do
        local c = type:sub(i, i)
        depth = depth + (c:find("[(<{]") and 1 or c:find("[)>}]") and -1 or 0)
        if c == " " and depth == 0 and type:sub(i - 1, i - 1) ~= ":" then
            stop = i
            break
        end
    end
    return type:sub(1, stop):gmatch("[%a_][%w_.]*")
end

-- Runs the definitions: what they return, and which globals they set.
local function run(t)
    local env = {}
    local definitions = assert(loadfile(t.root .. "/build/types/fascia.lua", "t", env))()
    return definitions, env
end

local function equal_names(t, what, defined, real)
    for name in pairs(defined) do
        if real[name] == nil then error(what .. "." .. name .. " is defined, but there is none") end
    end
    for name in pairs(real) do
        if defined[name] == nil then error(what .. "." .. name .. " is not defined") end
    end
    t.equal(next(defined) ~= nil, true)
end

-- The modules that a plugin can reach.
local function modules(t)
    local names = {}
    for file in io.popen("ls " .. t.root .. "/core/prelude"):lines() do
        local name = file:match("^(.*)%.lua$")
        local good, module = pcall(function() return t.fascia[name] end)
        if name and good then names[name] = module end
    end
    return names
end

tests["every type that is named is defined"] = function(t)
    local found = parse(read(t, "build/types/fascia.lua"))
    for _, type in ipairs(found.types) do
        for name in names_in(type) do
            local known = BASE[name] or found.classes[name] or found.aliases[name]
            if not known then error(("%s is no type: %s"):format(name, type)) end
        end
    end
    t.equal(found.lines > 300, true)
    t.equal(found.classes["fascia.Article"].comparisons:match("^%S+"), "fascia.Comparison[]")
    t.equal(found.classes["fascia.Comparison"].rows:match("^%S+"), "fascia.Row[]")
    t.equal(found.classes["fascia.Article"].titel, nil)
end

tests["the library is what its definitions say"] = function(t)
    local defined, real, found = run(t), modules(t), parse(read(t, "build/types/fascia.lua"))
    for name in pairs(t.fascia) do real[name] = t.fascia[name] end
    defined.null = found.classes.fascia.null
    equal_names(t, "fascia", defined, real)
    for name, module in pairs(real) do
        if type(module) == "table" then
            local names = defined[name]
            for field in pairs(found.classes["fascia." .. name]) do names[field] = true end
            equal_names(t, "fascia." .. name, names, module)
        end
    end
end

tests["a function takes the arguments that its definition has"] = function(t)
    local function check(path, defined, real)
        local a, b = debug.getinfo(defined, "u"), debug.getinfo(real, "uS")
        if b.what ~= "C" and (a.nparams ~= b.nparams or a.isvararg ~= b.isvararg) then
            error(path .. " takes other arguments")
        end
    end
    for name, module in pairs(run(t)) do
        if type(module) == "function" then check(name, module, t.fascia[name]) end
        for key, f in pairs(type(module) == "table" and module or {}) do
            check(name .. "." .. key, f, t.fascia[name][key])
        end
    end
end

-- The methods of a class, as "function Out:write(" defines them.
local function methods(text, class)
    local names = {}
    for name in text:gmatch("\nfunction " .. class .. ":([%w_]+)%(") do names[name] = true end
    return names
end

tests["the output and the site have the methods of their definitions"] = function(t)
    local text = read(t, "build/types/fascia.lua")
    equal_names(t, "out", methods(text, "Out"), debug.getmetatable(t.begin()).__index)
    local _, of_site = debug.getupvalue(debug.getmetatable(t.site()).__index, 1)
    equal_names(t, "site", methods(text, "Site"), of_site)
end

tests["a reader's source and its pieces have the methods of their definitions"] = function(t)
    local text, pieces = read(t, "build/types/fascia.lua"), t.core.module("piece")
    equal_names(t, "source", methods(text, "Source"), pieces.source_methods)
    equal_names(t, "piece", methods(text, "Piece"), pieces.methods)
end

-- What core/prelude/test.lua gives to a test file, and what `assert` is made of.
local function test_globals(t)
    local env = setmetatable({}, { __index = _G })
    env._G = env
    local host = setmetatable({ check = print }, { __index = function() return print end })
    local core = setmetatable({ test = host }, { __index = t.core })
    assert(loadfile(t.root .. "/core/prelude/test.lua", "t", env))(core)
    local names = {}
    for name, value in next, env do names[name] = name ~= "_G" and value or nil end
    local index, parts = getmetatable(env.assert).__index, {}
    for i = 1, 20 do
        local name, value = debug.getupvalue(index, i)
        if name then parts[name] = value end
    end
    return names, parts
end

tests["test files have what the definitions say"] = function(t)
    local _, defined = run(t)
    local real, parts = test_globals(t)
    equal_names(t, "_G", defined, real)
    local fields = parse(read(t, "build/types/fascia.lua")).classes["fascia.Assert"]
    local checked = {}
    for name in pairs(fields) do
        local rest = name:gsub("^is_", "")
        local check = parts.checks[name] and name or parts.SAME[name] or rest
        if not parts.checks[check] and not parts.FILLERS[rest:gsub("^are_", "")] then
            t.equal(type(real.assert[name]), "table")
        end
        checked[check] = true
    end
    for name in pairs(parts.checks) do
        if not checked[name] then error("assert." .. name .. " is not defined") end
    end
end

return tests
