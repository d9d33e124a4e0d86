-- core.put, which writes a template's run of literals and values, and what templates make of it.
local tests = {}

local function put(t, ...)
    t.core.put(t.begin(), ...)
    return t.written()
end

-- What the template t/page.html writes.
local function render(t, source, env)
    t.fascia.template(source, "t/page.html")(t.begin(), env)
    return t.written()
end

tests["each letter writes in its own way"] = function(t)
    local value = "</a b'\1>&é"
    local expected = {
        ["="] = value,
        h = "&lt;/a b&#39;&gt;&amp;é",
        x = "&lt;/a b&#39;&gt;&amp;é",
        u = "%3C%2Fa%20b%27%01%3E%26%C3%A9",
        p = "%3C/a%20b%27%01%3E%26%C3%A9",
        j = "\\u003c/a b'\\u0001\\u003e\\u0026é",
        l = "&lt;/a b&#39;&gt;&amp;é",
        i = "&lt;/a b&#39;&gt;&amp;é",
        d = '"\\u003c/a b\'\\u0001\\u003e\\u0026é"',
    }
    for letter, text in pairs(expected) do t.equal(put(t, letter .. " 1", value), text) end
    t.equal(put(t, "=hxupjlid 1 1 1 1 1 1 1 1 1", "<", "<", "<", "<", "<", "<", "<", "<", "<"),
        '<&lt;&lt;%3C%3C\\u003c&lt;&lt;"\\u003c"')
end

tests["an address that runs code is #, an image may be data"] = function(t)
    t.equal(put(t, "li 1 1", " JavaScript:x", "java\nscript:x"), "##")
    t.equal(put(t, "l 1", "data:image/png;base64,x"), "#")
    t.equal(put(t, "i 1", "data:image/png;base64,x"), "data:image/png;base64,x")
    t.equal(put(t, "l 1", "/a?b&c"), "/a?b&amp;c")
end

tests["nil and false write nothing, in JSON they are values"] = function(t)
    for letter in ("=hxupjli"):gmatch(".") do
        t.equal(put(t, letter .. letter .. "= 1 1 1", nil, false, "."), ".")
    end
    t.equal(put(t, "ddd 1 1 1", nil, false, true), "nullfalsetrue")
    t.equal(put(t, "= 1", nil), "")
    t.equal(put(t, " "), "")
end

tests["numbers are written as Lua prints them"] = function(t)
    t.equal(put(t, "=h=d 1 1 1 1", 1, 2.5, -0x10, 1e15), "12.5-161e+15")
end

tests["what a run does not fit is refused"] = function(t)
    t.refused("bad argument #2", put, t, "", "x")
    t.refused("bad argument #2", put, t, "h", "x", "y")
    t.refused("bad argument #2", put, t, nil, "x")
    t.refused("fascia.out expected", t.core.put, nil, "= 1", "x")
    t.refused("fascia.out expected", t.core.put, io.stdout, "= 1", "x")
    local old = t.begin()
    t.begin()
    t.refused("belongs to an earlier rendering", t.core.put, old, "= 1", "x")
end

tests["a value that is no text is refused with its own line"] = function(t)
    local rows = "a\nb {{ x }}\nc\n\n<p title=\"{{ y }}\">{{{ z }}}</p>\n"
    for name, line in pairs { x = "2:3", y = "5:11", z = "5:20" } do
        for _, value in ipairs { {}, true, print, io.stdout } do
            t.refused("t/page.html:" .. line .. ": text expected between the braces, got "
                .. type(value), render, t, rows,
                { x = "", y = "", z = "", [name] = value })
        end
    end
    t.refused("t/page.html:3:3: text expected between the braces, got table", render, t,
        "{% local x = {} %}\n{# a\n#}{{ x }}")
    t.refused("t/page.html:1203:1: ", render, t, ("a\n{{{ x }}}\n"):rep(600) .. "\n\n{{ y }}",
        { x = "b", y = {} })
end

tests["a failing expression is named by its own line"] = function(t)
    t.refused("t/page.html:4: attempt to index a nil value", render, t,
        "a\n{{ x }}\nb\n{{ y.z.z }}\nc", { x = 1, y = {} })
    t.refused("t/page.html:3: ", render, t, "a\nb\n{{ ('x'):rep(-1, {}) }}\nc")
    t.refused("t/page.html:3: JSON cannot hold a function", render, t,
        '<script type="application/json">\n[{{ x }},\n{{ f }}]\n</script>', { x = 1, f = print })
end

tests["lines are counted behind what is put in as it is"] = function(t)
    local source = '<style>\n{% include\n"style.css"\n\n%}</style>\n'
    t.refused("t/page.html:6:1: text expected", render, t, source .. "{{ x }}", { x = {} })
    t.refused("t/page.html:6: attempt to index", render, t, source .. "{{ x.y.z }}", { x = {} })
end

tests["what stands before an expression is written before it is evaluated"] = function(t)
    local function env()
        local shared = {}
        function shared.say(text) return function() t.out:write(text) end end
        function shared.f() t.out:write("(f)") shared.x = "new" return "f" end
        shared.x = "old"
        return shared
    end
    local function written(source)
        t.out = t.begin()
        t.fascia.template(source, "t/page.html")(t.out, env())
        return t.written()
    end
    t.equal(written("a{{ f() }}b"), "a(f)fb")
    t.equal(written("{{ x }}{{ f() }}{{ x }}"), "old(f)fnew")
    t.equal(written("{{ x }}{{{ f() }}}{{{ f() }}}{{ x }}"), "old(f)f(f)fnew")
    t.equal(written("a{{ x }}{{ x and f() or x }}{{ say 'b' () }}c"), "aold(f)fbc")
    t.equal(written("a{% say 'b' () %}c{% f() %}{{ x }}"), "abc(f)new")
    t.equal(written("a{{ #{ f() } }}c"), "a(f)1c")
end

tests["names, fields and choices are told from calls"] = function(t)
    local env = { a = { b = false, c = "c" }, orx = "o", x_or_y = "u", o = { and_ = "n" } }
    t.equal(render(t, "{{ a.b or a.c }}{{ a.c and orx }}{{ x_or_y }}{{ o.and_ or\n nothing }}",
        env), "coun")
    t.refused("t/page.html:1:1: text expected", render, t, "{{ not a.b }}", env)
end

tests.files = { ["t/style.css"] = "a{color:red}\n" }

tests["templates run in coroutines too"] = function(t)
    local page = t.fascia.template("<p>{{ x }}{% wait() %}{{ y }}</p>", "t/page.html")
    local out = t.begin()
    local run = coroutine.wrap(function()
        page(out, { x = "<", y = ">", wait = coroutine.yield })
        out:write("."):escape("html", "&"):json({ 1 })
    end)
    run()
    t.equal(t.written(), "<p>&lt;")
    run()
    t.equal(t.written(), "<p>&lt;&gt;</p>.&amp;[1]")
    t.refused("t/x.html:2:1: text expected", coroutine.wrap(function()
        t.fascia.template("a\n{{ x }}", "t/x.html")(out, { x = {} })
    end))
end

return tests
