-- Tests of the prelude and the built-in plugins: `build/obj/lua_host tests/lua/run.lua`, from
-- anywhere. The primitives are the real ones (see host.c); each test has a prelude of its own.
-- Each test_*.lua returns a table of tests; a test's name is a sentence. `files` in that table are
-- templates by name, which go before those of plugins/.
local here = (...):match("^(.*)/[^/]*$") or "."
local root = here .. "/../.."
package.path = here .. "/?.lua;" .. root .. "/plugins/?.lua;" .. package.path

local FILES = { "test_dates", "test_difference", "test_encoders", "test_html", "test_put",
    "test_template", "test_types", "test_plugins" }

local function show(value)
    return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

local function read_file(path)
    local file = io.open(path, "rb")
    if not file then return nil end
    local text = file:read("a")
    file:close()
    return text
end

-- The primitives, but modules are run anew for each test, and files are read where they lie.
local function new_core(files)
    local modules = {}
    local core = setmetatable({}, { __index = host.core })
    function core.file(name)
        return files and files[name] or read_file(root .. "/plugins/" .. name), name
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

-- What a test is given: the primitives, the prelude, outputs, and what it may claim.
local function new_case(files)
    local core = new_core(files)
    local case = { core = core, fascia = core.module("init"), root = root, begin = host.begin,
        written = host.written, warnings = host.warnings, site = host.site }
    function case.equal(got, expected)
        if got ~= expected then
            error("got " .. show(got) .. ", expected " .. show(expected), 2)
        end
    end
    function case.refused(message, f, ...)
        local done, got = pcall(f, ...)
        if done then error("this was not refused", 2) end
        if not tostring(got):find(message, 1, true) then
            error("got the message " .. show(got) .. ", expected " .. show(message), 2)
        end
    end
    return case
end

local function sorted_names(tests)
    local names = {}
    for name, test in pairs(tests) do
        if type(test) == "function" then names[#names + 1] = name end
    end
    table.sort(names)
    return names
end

local passed, failed = 0, 0
for _, file in ipairs(FILES) do
    local tests = require(file)
    for _, name in ipairs(sorted_names(tests)) do
        host.begin()
        local done, message = xpcall(tests[name], debug.traceback, new_case(tests.files))
        if done then
            passed = passed + 1
        else
            failed = failed + 1
            io.stderr:write(file, ": ", name, ": ", message, "\n")
        end
    end
end
print(("%d passed, %d failed"):format(passed, failed))
return failed == 0
