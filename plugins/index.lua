-- The site's front page, its further pages, and a page for each tag: articles, newest first.
--
-- Options: limit (all), per_page (50; without index-page.html all articles are on the front page).
local fascia = require "fascia"
local page = require "lib.page"
local paging = require "lib.paging"
local tags = require "lib.tags"

local template = fascia.template.file("templates/index.html")

local RIGHT_TO_LEFT = { ar = true, fa = true, he = true, ps = true, sd = true, ug = true, ur = true,
  yi = true }

-- list: `here`, its address; `articles`; `newer` and `older`, other addresses; `title`, of all but
-- the front page, with its `lang` and `dir`; `description`.
local function render(list, out, site)
  local here, feeds, lang = list.here, page.feeds(site), site.lang or "en"
  local words = fascia.phrases(lang)
  local whole = site.title or words.articles
  for _, feed in ipairs(feeds) do feed.link = page.link(feed.url, here) end
  template(out, {
    site = site, list = list, lang = lang, words = words,
    dir = RIGHT_TO_LEFT[lang:match("^%a+")] and "rtl" or "ltr",
    head = {
      title = list.title and list.title .. " – " .. whole or whole,
      description = list.description,
      canonical = page.absolute(here),
      feeds = feeds,
    },
    home = list.title and page.link(site:export_url("index.html"), here),
    newer = page.link(list.newer, here),
    older = page.link(list.older, here),
    link = function(article) return page.link(site:export_url("page.html", article), here) end,
    tag_link = tags.links(site, here),
    day_of = fascia.date.day,
    readable = fascia.date.readable,
  })
end

local function render_front(site, out, _, options)
  local articles, has_more = paging.first(site, options)
  local older = has_more and site:export_url("index-page.html", 2)
  render({ here = site:export_url("index.html"), articles = articles,
    description = site.description, older = older }, out, site)
end

local function render_further(item, out, site)
  local number, newer = item.key, site:export_url("index-page.html", item.key - 1)
  if number == 2 then newer = site:export_url("index.html") end
  render({ here = site:export_url("index-page.html", number), articles = item.articles,
    title = fascia.phrases(site.lang).page(number), newer = newer,
    older = item.has_more and site:export_url("index-page.html", number + 1) }, out, site)
end

local function render_tag(tag, out, site)
  render({ here = site:export_url("index-tag.html", tag.key), articles = tag.articles,
    title = tag.name, lang = tag.lang, dir = tag.dir }, out, site)
end

return {
  name = "index",
  summary = "The site's front page, its further pages, and a page for each tag",
  exports = {
    ["index.html"] = { each = "site", path = "index.html", render = render_front },
    ["index-page.html"] = { each = paging.rest, path = "page/{key}/index.html",
      render = render_further },
    ["index-tag.html"] = { each = tags.items, path = "tags/{key}/index.html", render = render_tag },
  },
}
