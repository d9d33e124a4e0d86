-- fascia.html: links made absolute, tags taken out.
local tests = {}

local BASE = "https://example.org/a/"

tests["links, images and sets become absolute however they are quoted"] = function(t)
    local absolute = t.fascia.html.absolute
    t.equal(absolute('<a class=x href="b?x=1&amp;y=2">', BASE),
        '<a class=x href="https://example.org/a/b?x=1&amp;y=2">')
    t.equal(absolute("<IMG SRC=c.png />", BASE), '<IMG SRC="https://example.org/a/c.png" />')
    t.equal(absolute("<a href = '#x'>", BASE), '<a href = "https://example.org/a/#x">')
    t.equal(absolute('<img srcset="a.png 1x, /b.png 2x">', BASE),
        '<img srcset="https://example.org/a/a.png 1x,https://example.org/b.png 2x">')
end

tests["what is no link stays as it is"] = function(t)
    for _, source in ipairs { "1 < 2 = 3", '<!-- <a href="x"> -->',
        "<script>a='<a href=x>'</script>", '<p title="href=x">',
        "<a", '<a href="x', '<a href="mailto:a@b">' } do
        t.equal(t.fascia.html.absolute(source, BASE), source)
    end
    t.equal(t.fascia.html.absolute('<a href="x">', "/no-site/"), '<a href="x">')
end

tests["text loses tags, scripts and comments and gains characters"] = function(t)
    t.equal(t.fascia.html.text("<p>a &amp; b<script>x<y</script> &#x41;&#66;<!-- no -->&lt; c"),
        "a & b AB< c")
    t.equal(t.fascia.html.text("&#0;&#xD800;&unknown;&amp"), "\u{FFFD}\u{FFFD}&unknown;&amp")
end

-- Each would take minutes if any of it were read twice from every place.
tests["hostile input is read once"] = function(t)
    local began = os.clock()
    for _, part in ipairs { "<", "<a ", '<a href="', "<!--", "</", "<script>", "&#",
        "<a href=x>" } do
        local source = part:rep(200000)
        t.fascia.html.absolute(source, BASE)
        t.fascia.html.text(source)
    end
    if os.clock() - began > 30 then error("too slow") end
end

tests["attributes are escaped and nil ones left out"] = function(t)
    t.equal(t.fascia.html.attributes("id", '"x"', "class", nil, "open", true),
        ' id="&quot;x&quot;" open')
end

return tests
