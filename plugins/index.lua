-- The site's front page: its articles, newest first.
--
-- Options: limit (all).
local fascia = require "fascia"
local page = require "lib.page"

local template = fascia.template.file("templates/index.html")

local RIGHT_TO_LEFT = { ar = true, fa = true, he = true, ps = true, sd = true, ug = true, ur = true,
  yi = true }

local function render(site, out, _, options)
  local here = site:export_url("index.html")
  local feeds, lang = page.feeds(site), site.lang or "en"
  for _, feed in ipairs(feeds) do feed.link = page.link(feed.url, here) end
  template(out, {
    site = site,
    lang = lang,
    dir = RIGHT_TO_LEFT[lang:match("^%a+")] and "rtl" or "ltr",
    words = fascia.phrases(lang),
    head = {
      title = site.title or fascia.phrases(lang).articles,
      description = site.description,
      canonical = page.absolute(here),
      feeds = feeds,
    },
    articles = site:articles { sort = "-date", limit = options.limit },
    link = function(article) return page.link(site:export_url("page.html", article), here) end,
    day_of = fascia.date.day,
    readable = fascia.date.readable,
  })
end

return {
  name = "index",
  summary = "The site's front page",
  exports = {
    ["index.html"] = { each = "site", path = "index.html", render = render },
  },
}
