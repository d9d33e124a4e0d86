-- What a test file, plugins/NAME_test.lua, may use beside what plugins have; as busted has it.
local core = ...
local host = core.test
if not host then return nil end -- only test files have tests

local difference = core.module("difference")
local show = difference.show

-- Failures

local function fail(text, detail)
    host.fail(text, detail)
end

local function fail_with(expected, got, what)
    if type(expected) ~= "string" or type(got) ~= "string" then
        fail(("%sexpected %s, got %s"):format(what, show(expected), show(got)))
    end
    local line, column, detail = difference.texts(expected, got)
    if not expected:find("\n", 1, true) and not got:find("\n", 1, true) then
        local is_long = #expected > 30 or #got > 30
        fail(("%sexpected %s, got %s"):format(what, show(expected), show(got)),
            is_long and detail or nil)
    end
    fail(("%sthe texts differ at line %d, column %d"):format(what, line, column), detail)
end

-- Assertions: each returns whether it holds; then how to fail, or what to say when it should not
-- have held.

local checks = {}

function checks.equal(expected, got)
    return expected == got, function() fail_with(expected, got, "") end,
        "the values are equal: " .. show(got)
end

function checks.same(expected, got)
    local where, a, b = difference.find(expected, got)
    return where == nil, function()
        fail_with(a, b, where ~= "" and "they differ at " .. where .. ": " or "")
    end, "the values are the same: " .. show(got)
end

local function text_of(value, number)
    if type(value) ~= "string" then
        fail(("argument %d must be a text, not %s"):format(number, show(value)))
    end
    return value
end

function checks.matches(pattern, text)
    return text_of(text, 2):find(pattern) ~= nil, function()
        fail(("nothing in %s matches %s"):format(show(text), show(pattern)), text)
    end, ("%s is matched by %s"):format(show(text), show(pattern))
end

function checks.contains(part, text)
    return text_of(text, 2):find(text_of(part, 1), 1, true) ~= nil, function()
        fail(("there is no %s in %s"):format(show(part), show(text)), text)
    end, ("%s is in it"):format(show(part))
end

-- A message without the place that Lua puts before it.
local function message_of(value)
    return type(value) == "string" and value:gsub("^[^\n]-:%d+: ", "", 1) or value
end

function checks.error(f, expected)
    local good, value = pcall(f)
    local message = message_of(value)
    if good then return false, function() fail("an error was expected") end end
    return expected == nil or difference.find(expected, message) == nil, function()
        fail_with(expected, message, "another error: ")
    end, "there was an error: " .. show(message)
end

function checks.error_matches(f, pattern)
    local good, value = pcall(f)
    if good then return false, function() fail("an error was expected") end end
    return checks.matches(pattern, tostring(message_of(value)))
end

local function simple(holds, what)
    return function(got)
        return holds(got), function() fail(("expected %s, got %s"):format(what, show(got))) end,
            "did not expect " .. show(got)
    end
end

checks["true"] = simple(function(v) return v == true end, "true")
checks["false"] = simple(function(v) return v == false end, "false")
checks["nil"] = simple(function(v) return v == nil end, "nil")
checks.truthy = simple(function(v) return v end, "something that counts as true")
checks.falsy = simple(function(v) return not v end, "nil or false")
for _, name in ipairs { "string", "number", "boolean", "table", "function" } do
    checks[name] = simple(function(v) return type(v) == name end, "a " .. name)
end
checks.list = simple(core.is_list, "a list of the model")
checks.record = simple(core.is_record, "a record of the model")

local function write_golden(name, text)
    host.golden(name, text)
    return true
end

function checks.golden(name, text)
    text_of(name, 1)
    text_of(text, 2)
    local expected = host.file(name)
    if expected == text or host.updates then
        return expected == text or write_golden(name, text), nil, "it is what is in " .. name
    end
    return false, function()
        if not expected then
            fail(("there is no %s/%s yet: `fascia test --update` writes it")
                :format(host.folder, name))
        end
        fail_with(expected, text, name .. ": ")
    end
end

local SAME = { equals = "equal", match = "matches", errors = "error", truth = "truthy",
    is_truthy = "truthy", falsey = "falsy", has_error = "error", ["error_match"] = "error_matches" }
local FILLERS = { is = true, are = true, was = true, has = true, have = true, does = true,
    be = true, a = true, an = true, the = true, to = true }
local NEGATIONS = { no = true, ["not"] = true, isnt = true }

local function apply(check, negated, ...)
    local holds, explain, otherwise = check(...)
    if negated and holds then fail(otherwise) end
    if not negated and not holds then explain() end
    return ...
end

-- assert.is_not.equal and assert.not_equal and assert.are_not.equal: words that say nothing, a
-- "not", and the name of a check.
local function phrase(negated)
    return setmetatable({}, {
        __index = function(_, words)
            local rest, is_negated = words, negated
            while not checks[SAME[rest] or rest] do
                local word, more = rest:match("^(%a+)_?(.*)$")
                if NEGATIONS[word] then
                    is_negated = not is_negated
                elseif not FILLERS[word] then
                    error(("there is no assertion 'assert.%s'"):format(words), 2)
                end
                if more == "" then return phrase(is_negated) end
                rest = more
            end
            local check = checks[SAME[rest] or rest]
            return function(...) return apply(check, is_negated, ...) end
        end,
        __call = function(_, value, message, ...)
            if not value == not negated then fail(message or "the assertion does not hold") end
            return value, message, ...
        end,
    })
end

-- Tests

local root = { name = "", before = {}, after = {} }
local block, tests, is_running = root, {}, false

local function check_place(what)
    if is_running then error(what .. " stands outside of tests", 3) end
end

local function join(name)
    name = tostring(name)
    return block.name ~= "" and block.name .. " › " .. name or name
end

local function add(name, body)
    tests[#tests + 1] = { name = join(name), line = host.line(), block = block, body = body }
end

---What a test claims. Words that say nothing may stand between: `assert.are.equal`,
---`assert.is_not.same`.
---@class fascia.Assert
---@field is fascia.Assert Says nothing; so do are, was, has, have, does, be, a, an, the, to.
---@field are fascia.Assert
---@field has fascia.Assert
---@field is_not fascia.Assert What follows must not hold; so do are_not, has_no, not.
---@field are_not fascia.Assert
---@field has_no fascia.Assert
---@field equal fun(expected: any, got: any) The same value.
---@field same fun(expected: any, got: any) Equal in all that they hold; model values too.
---@field matches fun(pattern: string, text: string) A Lua pattern.
---@field contains fun(part: string, text: string) Plain text.
---@field has_error fun(f: function, message?: any) That it fails, with this message.
---@field error_matches fun(f: function, pattern: string) That it fails, with such a message.
---@field is_true fun(got: any) True itself.
---@field is_false fun(got: any) False itself.
---@field is_nil fun(got: any)
---@field truthy fun(got: any) Neither nil nor false.
---@field falsy fun(got: any) Nil or false.
---@field is_string fun(got: any)
---@field is_number fun(got: any)
---@field is_boolean fun(got: any)
---@field is_table fun(got: any)
---@field is_function fun(got: any)
---@field is_list fun(got: any) A list of the model.
---@field is_record fun(got: any) A record of the model.
---@field golden fun(name: string, text: string) What a file in `plugins/NAME_test/` holds.
---@overload fun(value: any, message?: any): any

local globals = {}

---@type fascia.Assert
globals.assert = phrase(false)

---Groups tests.
---@param name string
---@param body fun()
function globals.describe(name, body)
    check_place("describe")
    block = { name = join(name), above = block, before = {}, after = {} }
    body()
    block = block.above
end

---A test.
---@param name string
---@param body fun()
function globals.it(name, body)
    check_place("it")
    add(name, body)
end

---A test that is not written yet; inside of a test it ends it so.
---@param name string
function globals.pending(name)
    if is_running then host.pend(tostring(name)) end
    add(name, nil)
end

---Runs before each test of this `describe`, or of the file.
---@param f fun()
function globals.before_each(f)
    check_place("before_each")
    table.insert(block.before, f)
end

---Runs after each test of this `describe`, or of the file.
---@param f fun()
function globals.after_each(f)
    check_place("after_each")
    table.insert(block.after, f)
end

local function run_before(of)
    if of.above then run_before(of.above) end
    for _, f in ipairs(of.before) do f() end
end

local function run_after(of)
    for _, f in ipairs(of.after) do f() end
    if of.above then run_after(of.above) end
end

local runner = {}

function runner.name(number)
    is_running = true
    local test = tests[number]
    if test then return test.name, test.line end
    return nil, 0
end

function runner.run(number)
    local test = tests[number]
    if not test.body then host.pend(test.name) end
    run_before(test.block)
    test.body()
end

function runner.finish(number)
    if tests[number].body then run_after(tests[number].block) end
end

-- Fixtures

---An article, read as a content file would be: its text, or `{ path = "tea.txt", text = … }`, where
---`.txt` is pasted text.
---@param given string|{ path?: string, text: string }
---@return fascia.Article
function globals.article(given)
    if type(given) == "string" then given = { text = given } end
    return host.read(given.path or "article.md", given.text or "")
end

---An article from a file in `plugins/NAME_test/`.
---@param name string
---@param path? string As which content file it is read.
---@return fascia.Article
function globals.fixture(name, path)
    local text = host.file(name)
    if not text then error(("there is no %s/%s"):format(host.folder, name), 2) end
    return host.read(path or name, text, name)
end

---A site: the keys of `site.yaml`, and `articles` and `now`.
---@param given? table
---@return fascia.Site
function globals.site(given)
    local settings = {}
    for key, value in pairs(given or {}) do
        if key ~= "articles" and key ~= "now" then settings[key] = value end
    end
    return host.site(next(settings) and core.json(settings) or "{}", given and given.now,
        given and given.articles or {})
end

---What an export of the plugin makes of an article or a site, alone or in a site; nil when its
---`when` says no. `item`: which of the things of `each`, from 1, or by the key that a function
---gave.
---@param export string
---@param thing fascia.Article|fascia.Site
---@param site? fascia.Site|integer|string
---@param item? integer|string
---@return string? text
---@return string? path
---@return string[]? warnings
function globals.render(export, thing, site, item)
    if type(site) == "number" or type(site) == "string" then site, item = nil, site end
    return host.render(export, thing, site, item)
end

---What a check said.
---@class fascia.Finding
---@field text string
---@field code string
---@field severity string
---@field help? string
---@field path? string
---@field line? integer
---@field col? integer

---What a check of the plugin says of an article or a site, alone or in a site.
---@param code string
---@param thing fascia.Article|fascia.Site
---@param site? fascia.Site
---@return fascia.Finding[]
globals.check = host.check

for name, value in pairs(globals) do _G[name] = value end

return runner
