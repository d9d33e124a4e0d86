-- An article as a page, and as itself: bare HTML, JSON, Markdown and plain text.
--
-- Options: author_type ("Person", the schema.org type of the authors), indent (0, spaces a level in
-- article.json).
local fascia = require "fascia"
local page = require "lib.page"
local metadata = require "lib.metadata"
local tags = require "lib.tags"

local template = fascia.template.file("templates/page.html")

-- What stands below the title: the date, the authors, how long reading takes.
local function meta_line(article, words)
  local parts = {}
  if article.date then
    local readable = fascia.date.readable(article.date, article.lang)
    parts[1] = { text = readable or article.date, day = fascia.date.day(article.date) }
  end
  if article.authors[1] then
    local names = {}
    for i, name in ipairs(article.authors) do names[i] = name end
    parts[#parts + 1] = { text = table.concat(names, ", ") }
  end
  parts[#parts + 1] = { text = words.reading(article.reading_minutes) }
  return parts
end

local function render_page(article, out, site, options)
  local words = fascia.phrases(article.lang)
  local here = site:export_url("page.html", article)
  local of = metadata.of(article, site, here, options)
  return template(out, {
    article = article,
    site = site,
    words = words,
    head = {
      title = page.title(article, site),
      description = article.summary,
      canonical = of.address,
      feeds = page.feeds(site),
    },
    of = of,
    home = page.link(site:export_url("index.html"), here),
    lede = article.lede and article.lede.html or "",
    meta = meta_line(article, words),
    questions = page.extra_questions(article),
    class_of = page.classes(article),
    heading = page.heading,
    tables = page.tables,
    tag_link = tags.links(site, here),
  })
end

local function render_text(article, out)
  local title = fascia.text.line(article.title)
  out:write(title, "\n", ("="):rep(utf8.len(title)), "\n\n", article.text)
end

local function render_markdown(article, out)
  out:write("# ", fascia.text.markdown(article.title), "\n\n", article.markdown)
end

local function export(path, render)
  return { each = "article", path = "{slug}/" .. path, render = render }
end

return {
  name = "article",
  summary = "An article as a page, bare HTML, JSON, Markdown and plain text",
  exports = {
    ["page.html"] = export("index.html", render_page),
    ["body.html"] = export("body.html", function(article, out) out:write(article.html) end),
    ["article.json"] = export("article.json", function(article, out, _, options)
      out:json(article, options.indent or 0):write("\n")
    end),
    ["article.md"] = export("article.md", render_markdown),
    ["article.txt"] = export("article.txt", render_text),
  },
}
