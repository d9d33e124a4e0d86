-- Tests of the prelude and the built-in plugins, in plain Lua: `lua5.4 tests/lua/run.lua` from
-- anywhere. Each test_*.lua returns a table of tests; a test's name is a sentence.
local here = arg[0]:match("^(.*)/[^/]*$") or "."
local root = here .. "/../.."
package.path = here .. "/?.lua;" .. root .. "/plugins/?.lua;" .. package.path

local mock = require "mock"
local FILES = { "test_encoders", "test_html", "test_template", "test_plugins" }

local function show(value)
    return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

-- What a test is given: the primitives, the prelude, and what it may claim.
local function new_case(files)
    local core = mock.new(root, files)
    local case = { core = core, fascia = core.module("init"), mock = mock, root = root }
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
        local done, message = xpcall(tests[name], debug.traceback, new_case(tests.files))
        if done then
            passed = passed + 1
        else
            failed = failed + 1
            io.stderr:write(file, ": ", name, ": ", message, "\n")
        end
    end
end
print(("lua: %d passed, %d failed"):format(passed, failed))
os.exit(failed == 0)
