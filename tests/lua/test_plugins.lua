-- The built-in plugins, run on a small article.
local fixture = require "fixture"
local tests = {}

local function load_plugin(t, name)
    for _, module in ipairs { "page", "metadata", "feed" } do
        package.loaded["lib." .. module] = nil
    end
    package.loaded["fascia"] = t.fascia
    return dofile(t.root .. "/plugins/" .. name .. ".lua")
end

local function render(t, plugin, export, thing, site, options, article)
    local out = t.begin()
    load_plugin(t, plugin).exports[export].render(thing, out, site, options or {}, article)
    return t.written()
end

local function holds(t, text, part)
    if not text:find(part, 1, true) then error("there is no " .. part .. " in:\n" .. text, 2) end
end

local function lacks(t, text, part)
    if text:find(part, 1, true) then error("there is " .. part .. " in:\n" .. text, 2) end
end

local SITE = "https://example.org"

tests["a page has what its head promises"] = function(t)
    local article = fixture.article()
    local page = render(t, "article", "page.html", article, fixture.site({ article }, SITE))
    holds(t, page, '<html lang="en" dir="ltr">')
    holds(t, page, "<title>Yoga &amp; &lt;Pain&gt; – Quiet</title>")
    holds(t, page, '<link rel="canonical" href="https://example.org/yoga/">')
    holds(t, page, 'type="application/rss+xml"')
    holds(t, page, '<section class="pros">')
    holds(t, page, 'tabindex="0" aria-label="100% compared"><table>')
    holds(t, page, '<a href="../index.html">Quiet</a>')
    holds(t, page, '"@type": "BreadcrumbList"')
    holds(t, page, [[\u003ca href=\"https://example.org/more/\"]])
end

tests["without the site's address nothing absolute is made up"] = function(t)
    local article = fixture.article { date = false }
    rawset(article, "date", nil)
    local page = render(t, "article", "page.html", article, fixture.site({ article }))
    lacks(t, page, "canonical")
    lacks(t, page, "og:url")
    lacks(t, page, "alternate")
    lacks(t, page, "BreadcrumbList")
    lacks(t, page, "datePublished")
end

tests["front matter may call a page medical"] = function(t)
    local article = fixture.article { meta = { type = "MedicalWebPage" } }
    local page = render(t, "article", "page.html", article, fixture.site({ article }, SITE))
    holds(t, page, '"@type": "MedicalWebPage"')
    lacks(t, page, "wordCount")
end

tests["questions of the front matter are shown on the page"] = function(t)
    local extra = { id = "extra", question = "Really?", answer = { html = "<p>Yes.</p>\n" } }
    local faq = fixture.article().faq
    local article = fixture.article { meta = { faq = {} }, faq = { faq[1], extra } }
    local page = render(t, "article", "page.html", article, fixture.site({ article }, SITE))
    holds(t, page, '<details id="extra">')
    lacks(t, page, '<details id="does-it-hurt">')
end

tests["faq.csv says where each question stands"] = function(t)
    local article = fixture.article()
    t.equal(render(t, "faq", "faq.csv", article, fixture.site({ article }, SITE)),
        "id,question,answer_text,answer_html,section,source_url\r\n"
        .. 'does-it-hurt,Does it hurt?,Mildly.,"<p>Mildly. <a href=""https://example.org/more/"">'
        .. 'More</a></p>\n",FAQ,https://example.org/yoga/#does-it-hurt\r\n')
end

tests["a comparison survives pipes and line ends"] = function(t)
    local article = fixture.article()
    local comparison, site = article.comparisons[1], fixture.site({ article })
    t.equal(render(t, "comparison", "comparison.md", comparison, site, {}, article),
        "|  | Yoga | Rest |\n| --- | --- | --- |\n| Speed | Slow \\| steady | Two<br>lines |\n")
    t.equal(render(t, "comparison", "comparison.csv", comparison, site, {}, article),
        ',Yoga,Rest\r\nSpeed,Slow | steady,"Two\nlines"\r\n')
    local html = render(t, "comparison", "comparison.html", comparison, site, {}, article)
    holds(t, html, "<td></td>\n<th scope=\"col\">Yoga</th>")
    holds(t, html, '<th scope="row">Speed</th>')
end

tests["feed ids stay when titles change, and links are absolute"] = function(t)
    for _, title in ipairs { "One", "Two" } do
        local article = fixture.article { title = title }
        local rss = render(t, "feeds", "rss.xml", fixture.site({ article }, SITE),
            fixture.site({ article }, SITE))
        holds(t, rss, '<guid isPermaLink="false">https://example.org/#pain/yoga</guid>')
        holds(t, rss, "<pubDate>Sat, 22 Nov 2025 00:00:00 +0000</pubDate>")
        holds(t, rss, "href=&quot;https://example.org/yoga/x&quot;")
    end
end

tests["an article without a date is not in the feeds, and one feed says so"] = function(t)
    local article = fixture.article { date = false }
    local site = fixture.site({ article }, SITE)
    local warnings = 0
    for _, feed in ipairs { "rss.xml", "atom.xml", "feed.json" } do
        lacks(t, render(t, "feeds", feed, site, site), "pain/yoga")
        warnings = warnings + #t.warnings()
    end
    t.equal(warnings, 1)
end

tests["without an address there are no feeds, and one warning"] = function(t)
    local site = fixture.site({})
    for _, export in pairs(load_plugin(t, "feeds").exports) do t.equal(export.when(site), false) end
    t.equal(#t.warnings(), 1)
end

tests["the front page links to its articles from a folder too"] = function(t)
    local site = fixture.site({ fixture.article() }, SITE)
    local index = render(t, "index", "index.html", site, site)
    holds(t, index, '<a href="yoga/index.html">Yoga &amp; &lt;Pain&gt;</a>')
    holds(t, index, '<time datetime="2025-11-22">22 November 2025</time>')
end

return tests
