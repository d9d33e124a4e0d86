-- The newest articles as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1.
--
-- Options: limit (20). id_base (the site's url): what the permanent ids begin with; set it to the
-- old address when a site moves, so that nobody's reader shows everything as new.
local fascia = require "fascia"
local feeds = require "lib.feed"
local date = fascia.date

local templates = {
  ["rss.xml"] = fascia.template.file("templates/rss.xml"),
  ["atom.xml"] = fascia.template.file("templates/atom.xml"),
}

local function render_xml(name)
  return function(site, out, _, options)
    templates[name](out, { site = site, feed = feeds.of(name, site, options),
      html = fascia.html,
      rfc822 = date.rfc822, rfc3339 = date.rfc3339 })
  end
end

local function names(list)
  local people = {}
  for i, name in ipairs(list) do people[i] = { name = name } end
  return people[1] and people
end

local function render_json(site, out, _, options)
  local feed, items = feeds.of("feed.json", site, options), {}
  for i, entry in ipairs(feed.entries) do
    items[i] = fascia.object("id", entry.id, "url", entry.url, "title", entry.title,
      "content_html", entry.html, "summary", entry.summary,
      "date_published", date.rfc3339(entry.date), "date_modified", date.rfc3339(entry.updated),
      "authors", names(entry.authors), "tags", entry.tags[1] and entry.tags,
      "language", entry.lang)
  end
  out:json(fascia.object("version", "https://jsonfeed.org/version/1.1", "title", feed.title,
    "home_page_url", feed.home, "feed_url", feed.self, "description", site.description,
    "authors", site.author and names { site.author }, "language", site.lang,
    "items", fascia.array(items)), 2):write("\n")
end

local function export(name, render)
  return { each = "site", when = feeds.can_be_made(name), path = name, render = render }
end

return {
  name = "feeds",
  summary = "The newest articles as RSS, Atom and JSON Feed",
  exports = {
    ["rss.xml"] = export("rss.xml", render_xml("rss.xml")),
    ["atom.xml"] = export("atom.xml", render_xml("atom.xml")),
    ["feed.json"] = export("feed.json", render_json),
  },
}
