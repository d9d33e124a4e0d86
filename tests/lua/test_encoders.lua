-- csv, url, slug, text, xml, json and jsonld of the prelude.
local tests = {}

tests["a csv field is quoted only when it must be"] = function(t)
    local csv = t.fascia.csv
    t.equal(csv.row { "a", "b c", 3, true }, "a,b c,3,true\r\n")
    t.equal(csv.row { 'say "hi"', "a,b", "two\nlines", " pad" },
        '"say ""hi""","a,b","two\nlines"," pad"\r\n')
end

tests["a csv row keeps empty fields and is never an empty line"] = function(t)
    t.equal(t.fascia.csv.row({ "a", nil, "c", nil, n = 4 }), "a,,c,\r\n")
    t.equal(t.fascia.csv.row { "" }, '""\r\n')
end

tests["csv guards formulas and writes a byte order mark only when asked"] = function(t)
    local csv = t.fascia.csv
    t.equal(csv.row { "=1+1", "-5", "@x" }, "=1+1,-5,@x\r\n")
    t.equal(csv.row({ "=1+1", "-5", "@x" }, { formula_guard = true }), "'=1+1,-5,'@x\r\n")
    t.equal(csv.bom(), "")
    t.equal(csv.bom { bom = true }, "\xEF\xBB\xBF")
end

-- The base and the examples of RFC 3986 §5.4, normal and abnormal.
tests["references are resolved as RFC 3986 says"] = function(t)
    local expected = {
        ["g:h"] = "g:h", ["g"] = "http://a/b/c/g", ["./g"] = "http://a/b/c/g",
        ["g/"] = "http://a/b/c/g/", ["/g"] = "http://a/g", ["//g"] = "http://g",
        ["?y"] = "http://a/b/c/d;p?y", ["g?y"] = "http://a/b/c/g?y",
        ["#s"] = "http://a/b/c/d;p?q#s", ["g?y#s"] = "http://a/b/c/g?y#s",
        [";x"] = "http://a/b/c/;x", [""] = "http://a/b/c/d;p?q", ["."] = "http://a/b/c/",
        [".."] = "http://a/b/", ["../"] = "http://a/b/", ["../g"] = "http://a/b/g",
        ["../.."] = "http://a/", ["../../g"] = "http://a/g", ["../../../g"] = "http://a/g",
        ["/./g"] = "http://a/g", ["/../g"] = "http://a/g", ["g."] = "http://a/b/c/g.",
        ["..g"] = "http://a/b/c/..g", ["./../g"] = "http://a/b/g", ["g/./h"] = "http://a/b/c/g/h",
        ["g/../h"] = "http://a/b/c/h", ["g;x=1/../y"] = "http://a/b/c/y",
        ["g?y/../x"] = "http://a/b/c/g?y/../x", ["g#s/../x"] = "http://a/b/c/g#s/../x",
    }
    for ref, absolute in pairs(expected) do
        t.equal(t.fascia.url.absolute(ref, "http://a/b/c/d;p?q"), absolute)
    end
end

tests["relative links lead back to where they came from"] = function(t)
    local url = t.fascia.url
    local pages = { "https://a.org/", "https://a.org/x/", "https://a.org/x/y/z.html",
        "https://a.org/b:c", "https://a.org/x/y/" }
    for _, from in ipairs(pages) do
        for _, to in ipairs(pages) do t.equal(url.absolute(url.relative(to, from), from), to) end
    end
    t.equal(url.relative("https://b.org/", "https://a.org/"), "https://b.org/")
    t.equal(url.relative("/mfr/", "/"), "mfr/")
end

tests["addresses that run code are known in any disguise"] = function(t)
    local url = t.fascia.url
    for _, text in ipairs { "javascript:x", " JavaScript:x", "java\nscript:x", "java\tscript:x",
        "\1vbscript:x", "\0\31 VBScript:", "javascript\r\n:x", "data:text/html,x", "DATA:,",
        "java script:x" } do
        t.equal(url.is_active(text), true)
        t.equal(url.is_active(text, true), true)
    end
    for _, text in ipairs { "", "x", "https://a", "a/javascript:x", "?javascript:x", "#data:",
        "mailto:a@b", "javascript", "javascripts:x", "xdata:x" } do
        t.equal(url.is_active(text), false)
        t.equal(url.is_active(text, true), false)
    end
end

tests["data is good in an image only, and only an image"] = function(t)
    local url = t.fascia.url
    for _, kind in ipairs { "png", "gif", "jpeg", "webp" } do
        local text = " DATA:image/" .. kind .. ";base64,x"
        t.equal(url.is_active(text, true), false)
        t.equal(url.is_active(text), true)
    end
    t.equal(url.is_active("data:text/html,image/png", true), true)
    t.equal(url.is_active("javascript:image/png", true), true)
end

tests["unique slugs count on from the last"] = function(t)
    local taken, slug = {}, t.fascia.slug
    t.equal(slug.unique("FAQ", taken), "faq")
    t.equal(slug.unique("faq!", taken), "faq-2")
    t.equal(slug.unique("Faq", taken), "faq-3")
    t.equal(slug.unique("???", taken), "item")
end

tests["text is cut between words and never inside a character"] = function(t)
    local text = t.fascia.text
    t.equal(text.truncate("one two three", 20), "one two three")
    t.equal(text.truncate("one two three", 9), "one two…")
    t.equal(text.truncate("日本語のテキスト", 4), "日本語…")
end

tests["an address is decoded as it was encoded"] = function(t)
    local url = t.fascia.url
    t.equal(url.decode(url.encode("a/b %41 ü")), "a/b %41 ü")
    t.equal(url.decode("%E8%8c%B6 100% %4"), "茶 100% %4")
end

tests["a distance counts letters that are wrong, swapped, missing or too many"] = function(t)
    local distance = t.fascia.text.distance
    t.equal(distance("titel", "title"), 1)
    t.equal(distance("tea", "team"), 1)
    t.equal(distance("", ""), 0)
    t.equal(distance(("a"):rep(65), "a"), 255)
end

tests["a replacement is plain text, from left to right"] = function(t)
    local replace = t.fascia.text.replace
    local function replaced(...)
        local text, count = replace(...)
        return text .. " " .. count
    end
    t.equal(replaced("a.b.c", ".", "%1"), "a%1b%1c 2")
    t.equal(replaced("aXa", "a", ""), "X 2")
    t.equal(replaced("abc", "abc", "x"), "x 1")
    t.equal(replaced("éa", "é", "éé"), "ééa 1")
    t.equal(replaced("aaaaa", "aa", "b"), "bba 2")
    t.equal(replaced("aa", "a", "aa"), "aaaa 2")
    t.equal(replaced("abc", "x", "y"), "abc 0")
    t.equal(replaced("", "x", "y"), " 0")
    t.equal(replaced("ab", "abc", "y"), "ab 0")
    t.equal(replaced("a\0b\0", "\0", "."), "a.b. 2")
end

tests["nothing is replaced by nothing"] = function(t)
    local text, count = t.fascia.text.replace("abc", "", "x")
    t.equal(text, "abc")
    t.equal(count, 0)
end

tests["lines end at LF, CRLF and a lone CR"] = function(t)
    local got = {}
    for line in t.fascia.text.lines("a\r\nb\rc\n\nd") do got[#got + 1] = line end
    t.equal(table.concat(got, "|"), "a|b|c||d")
end

tests["markdown reads escaped text as text"] = function(t)
    local text = t.fascia.text
    t.equal(text.markdown("# *a* | b_c"), "\\# \\*a\\* \\| b\\_c")
    t.equal(text.markdown("1. x"), "1\\. x")
    t.equal(text.cell("a|b\nc"), "a\\|b<br>c")
end

tests["xml drops what it forbids and escapes the rest"] = function(t)
    t.equal(t.fascia.xml.element("a", "x\1<&>", "k", '"'), '<a k="&quot;">x&lt;&amp;&gt;</a>')
    t.equal(t.fascia.xml.element("a", nil), "")
end

tests["objects keep their order and leave nil out"] = function(t)
    local fascia = t.fascia
    t.equal(fascia.json(fascia.object("z", 1, "a", nil, "m", fascia.null)), '{"z":1,"m":null}')
    t.equal(fascia.json(fascia.array {}), "[]")
end

tests["json in a script cannot end it"] = function(t)
    local out = t.begin()
    t.fascia.jsonld.write(out, t.fascia.object("a", "</script>\u{2028}"))
    t.equal(t.written(), '<script type="application/ld+json">'
        .. '{"a":"\\u003c/script\\u003e\\u2028"}</script>\n')
end

tests["breadcrumbs need two steps"] = function(t)
    local jsonld = t.fascia.jsonld
    t.equal(jsonld.breadcrumbs { { "a", "b" } }, nil)
    t.equal(#jsonld.breadcrumbs { { "a", "b" }, { "c", "d" } }.itemListElement, 2)
end

return tests
