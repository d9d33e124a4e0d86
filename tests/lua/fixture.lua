-- A small site as plugins see it, in Lua tables: fixture.article(changes), fixture.site(articles,
-- url).
local fixture = {}

local KEYS = { "id", "path", "slug", "url", "title", "summary", "lang", "dir", "date", "updated",
    "authors", "tags", "draft", "meta", "lede", "sections", "faq", "pros", "cons", "comparisons",
    "facts", "recommendations", "evidence", "conclusion", "disclaimer", "links", "images", "words",
    "reading_minutes", "html", "text", "markdown" }

-- The article's fields in order; one that is known and not there is nil, any other raises, as with
-- an article of the model.
local function strict(keys, values)
    local known, present = {}, {}
    for _, key in ipairs(keys) do
        known[key] = true
        if values[key] ~= nil then present[#present + 1] = key end
    end
    return setmetatable(values, {
        __keys = present,
        __index = function(_, key)
            if not known[key] then error("an article has no field " .. tostring(key), 2) end
        end,
        __pairs = function()
            local i = 0
            return function()
                i = i + 1
                if present[i] then return present[i], values[present[i]] end
            end
        end,
    })
end

local function section(id, title, level, html, sections)
    return { id = id, title = title, title_html = title, level = level, html = html,
        text = (html:gsub("<[^>]*>", "")), sections = sections or {} }
end

local function plain(...)
    local cells = {}
    for i, text in ipairs { ... } do cells[i] = { text = text, html = text } end
    return cells
end

local function pair(id, question, answer)
    return { id = id, question = question, answer = { text = answer, markdown = answer .. "\n",
        html = '<p>' .. answer .. ' <a href="../more/">More</a></p>\n' } }
end

local TABLE = "<table>\n<thead>\n<tr>\n<th></th>\n<th>Yoga</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n"
    .. "<td>Speed</td>\n<td>Slow</td>\n</tr>\n</tbody>\n</table>\n"

function fixture.article(changes)
    local hurts = pair("does-it-hurt", "Does it hurt?", "Mildly.")
    hurts.section, hurts.anchor = "FAQ", "does-it-hurt"
    local article = {
        id = "pain/yoga", path = "pain/yoga.md", slug = "yoga", title = "Yoga & <Pain>",
        summary = "What it does.", lang = "en", dir = "ltr", date = "2025-11-22",
        authors = { "A. Writer" }, tags = { "pain" }, draft = false, meta = {},
        lede = { text = "Lede.", html = "<p>Lede.</p>\n" },
        sections = {
            section("pros", "Pros of yoga", 2, "<ul>\n<li>Free</li>\n</ul>\n"),
            section("table", "100% compared", 2, TABLE),
            section("faq", "FAQ", 2, "", {
                section("does-it-hurt", hurts.question, 3, hurts.answer.html) }),
        },
        faq = { hurts }, pros = { { subject = "yoga", items = plain("Free"), anchor = "pros" } }, cons = {},
        comparisons = { { title = "100% compared", factor = "", subjects = { "Yoga", "Rest" },
            rows = { { factor = "Speed", cells = plain("Slow | steady", "Two\nlines") } } } },
        facts = {}, recommendations = {}, evidence = {}, links = {}, images = {},
        words = 300, reading_minutes = 2, html = '<p><a href="x">Lede</a>.</p>\n',
        text = "Lede.\n", markdown = "Lede.\n",
    }
    for key, value in pairs(changes or {}) do article[key] = value end
    return strict(KEYS, article)
end

local PATHS = { ["page.html"] = "%s/", ["faq.html"] = "%s/faq.html", ["index.html"] = "",
    ["rss.xml"] = "rss.xml", ["atom.xml"] = "atom.xml", ["feed.json"] = "feed.json" }

function fixture.site(articles, url)
    local site = { title = "Quiet", url = url, lang = "en", now = "2025-11-24T00:00:00Z" }
    function site.articles() return articles end
    function site.exports() return { "atom.xml", "faq.csv", "feed.json", "rss.xml" } end
    function site.export_url(_, name, article)
        local path = PATHS[name]
        return path and (url or "") .. "/" .. (article and path:format(article.slug) or path)
    end
    return site
end

return fixture
