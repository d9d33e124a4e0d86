-- How two values differ.
local tests = {}

local function find(t, a, b)
    return table.pack(t.core.module("difference").find(a, b))
end

local function texts(t, a, b)
    return t.core.module("difference").texts(a, b)
end

tests["what is the same has no difference"] = function(t)
    local nan = 0 / 0
    for _, value in ipairs { 1, "a", true, nan, {}, { 1, { a = { 2 } } } } do
        t.equal(find(t, value, value)[1], nil)
    end
    t.equal(find(t, { 1, { a = { 2 } } }, { 1, { a = { 2 } } })[1], nil)
    t.equal(find(t, nan, nan)[1], nil)
end

tests["the first difference is told with its place"] = function(t)
    local function at(a, b, place, x, y)
        local found = find(t, a, b)
        t.equal(found[1], place)
        t.equal(found[2], x)
        t.equal(found[3], y)
    end
    at(1, 2, "", 1, 2)
    at(1, "1", "", 1, "1")
    at({ 1, 2, 3 }, { 1, 5, 6 }, "[2]", 2, 5)
    at({ a = { b = 1 } }, { a = { b = 2 } }, "a.b", 1, 2)
    at({ { ["a b"] = 1 } }, { { ["a b"] = 2 } }, '[1]["a b"]', 1, 2)
    at({}, { 1 }, "[1]", nil, 1)
    at({ x = false }, {}, "x", false, nil)
end

tests["tables that hold themselves come to an end"] = function(t)
    local a, b = {}, {}
    a.a, b.a = b, a
    t.equal(type(find(t, a, b)[1]), "string")
    t.equal(t.core.module("difference").show(a), "{ a = { a = { a = {…} } } }")
end

tests["values are shown in a line"] = function(t)
    local show = t.core.module("difference").show
    t.equal(show("a\n\"b\"\\"), '"a\\n\\"b\\"\\\\"')
    t.equal(show { 1, "x", k = true }, '{ 1, "x", k = true }')
    t.equal(show { [1.5] = 1 }, "{ [1.5] = 1 }")
    t.equal(show(("é"):rep(100)), '"' .. ("é"):rep(59) .. '…"')
    t.equal(show { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, "{ 1, 2, 3, 4, 5, 6, 7, 8, … }")
end

tests["texts differ at a line and a column of code points"] = function(t)
    local function at(a, b, line, column)
        local found = table.pack(t.core.module("difference").texts(a, b))
        t.equal(found[1], line)
        t.equal(found[2], column)
        return found[3]
    end
    at("a", "b", 1, 1)
    at("", "b", 1, 1)
    at("äö", "äü", 1, 2) -- their first bytes are the same
    at("a\nbc\n", "a\nbd\n", 2, 2)
    at("a\n", "a", 2, 1)
    at("a\nb", "a\nb\n", 3, 1)
    t.equal(at("a\nb\nc", "a\nx\nc", 2, 1),
        "     1  a\n-    2  b\n+    2  x\n        ^ column 1\n     3  c")
end

tests["two changes are shown apart"] = function(t)
    local a = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11" }
    local b = { "1", "2", "x", "4", "5", "6", "7", "8", "9", "new", "10", "11" }
    local _, _, lines = texts(t, table.concat(a, "\n"), table.concat(b, "\n"))
    t.equal(lines, table.concat({ "     1  1", "     2  2", "-    3  3", "+    3  x",
        "        ^ column 1", "     4  4", "     5  5", "     …", "     8  8", "     9  9",
        "+   10  new", "    11  10", "    12  11" }, "\n"))
end

tests["many changes are cut off"] = function(t)
    local a, b = {}, {}
    for i = 1, 80 do
        a[#a + 1], b[#b + 1] = "same " .. i, "same " .. i
        a[#a + 1], b[#b + 1] = "old " .. i, "new " .. i
    end
    local _, _, lines = texts(t, table.concat(a, "\n"), table.concat(b, "\n"))
    local _, count = lines:gsub("\n", "")
    t.equal(count < 70, true)
    t.equal(lines:sub(-9), "and so on")
end

tests["blanks at the end of a line and carriage returns are made visible"] = function(t)
    local _, _, lines = t.core.module("difference").texts("a ", "a\r")
    t.equal(lines, "-    1  a·\n+    1  a␍\n         ^ column 2")
end

tests["of long texts a part is shown"] = function(t)
    local a, b = ("a\n"):rep(1000), ("b\n"):rep(500)
    local _, _, lines = t.core.module("difference").texts(a, b)
    local _, count = lines:gsub("\n", "")
    t.equal(count < 40, true)
    t.equal(lines:find("988 lines more", 1, true) ~= nil, true)
end

return tests
