-- csv, date, url, slug, text, xml, json and jsonld of the prelude.
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

tests["dates are written in English whatever the locale"] = function(t)
    local date = t.fascia.date
    t.equal(date.rfc822("2025-11-22"), "Sat, 22 Nov 2025 00:00:00 +0000")
    t.equal(date.rfc822("2000-02-29T23:59:59-05:30"), "Tue, 29 Feb 2000 23:59:59 -0530")
    t.equal(date.rfc3339("2025-11-22 08:30 +0100"), "2025-11-22T08:30:00+01:00")
    t.equal(date.rfc3339("2025-11-22T08:30:05.123Z"), "2025-11-22T08:30:05Z")
    t.equal(date.iso("2025-11-22"), "2025-11-22")
    t.equal(date.seconds("1970-01-01"), 0)
    t.equal(date.seconds("2025-11-22T01:00:00+01:00"), 1763769600)
end

tests["what is no date is refused"] = function(t)
    for _, text in ipairs { "", "22.11.2025", "2025-13-01", "2025-02-29", "2025-1-1",
        "2025-11-22T25:00", "2025-11-22T08:30+99:00", "2025-11-22 tomorrow" } do
        t.equal(t.fascia.date.parse(text), nil)
    end
end

tests["a date is readable in seven languages and plain in others"] = function(t)
    local expected = {
        en = "1 March 2025", ["de-CH"] = "1. März 2025", fr = "1 mars 2025",
        es = "1 de marzo de 2025", ar = "1 مارس 2025", ur = "1 مارچ 2025",
        ["zh-Hans"] = "2025年3月1日", it = "2025-03-01",
    }
    for lang, text in pairs(expected) do
        t.equal(t.fascia.date.readable("2025-03-01", lang), text)
    end
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
    for _, text in ipairs { "javascript:x", " JavaScript:x", "java\nscript:x", "\1vbscript:x",
        "data:text/html,x" } do
        t.equal(url.is_active(text), true)
    end
    for _, text in ipairs { "https://a", "a/javascript:x", "#data:", "mailto:a@b" } do
        t.equal(url.is_active(text), false)
    end
    t.equal(url.is_active("data:image/png;base64,x", true), false)
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
