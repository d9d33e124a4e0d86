-- What the three feeds share: which articles they hold, and what each says.
local fascia = require "fascia"
local number = require("lib.options").number
local date, html, url = fascia.date, fascia.html, fascia.url

local feed = {}

local FEEDS = { "rss.xml", "atom.xml", "feed.json" }

-- Made of the site and the article's id, not of its title or address, which may change.
local function permanent_id(article, site, options)
  return url.join(options.id_base or site.url, "#" .. url.path(article.id))
end

local function entry_of(article, site, options)
  local address = site:export_url("page.html", article)
  local updated = article.updated and date.parse(article.updated) and article.updated
  return {
    id = permanent_id(article, site, options), url = address, title = article.title,
    summary = article.summary, lang = article.lang, date = article.date,
    updated = updated or article.date, authors = article.authors, tags = article.tags,
    html = html.absolute(article.html, address or site.url),
  }
end

-- One of the feeds that are made warns on behalf of all.
local function speaks_for_all(name, site)
  for _, feed_name in ipairs(FEEDS) do
    if site:export_url(feed_name) then return feed_name == name end
  end
end

-- The newest `limit` articles that have a date; the others are told about, never dated "now".
local function entries(name, site, options)
  local list, limit, warns = {}, number(options, "limit", 20), speaks_for_all(name, site)
  for _, article in ipairs(site:articles { sort = "-date" }) do
    local dated = article.date and date.parse(article.date)
    if dated and #list < limit then
      list[#list + 1] = entry_of(article, site, options)
    elseif not dated and warns then
      fascia.warn(article, "without a date, this article is not in the feeds", "feed-no-date")
    elseif not warns and #list == limit then
      break
    end
  end
  return list
end

function feed.of(name, site, options)
  local list, updated, newest = entries(name, site, options), nil, -math.huge
  for _, entry in ipairs(list) do
    local seconds = date.seconds(entry.updated)
    if seconds > newest then updated, newest = entry.updated, seconds end
  end
  local title = site.title or site.url
  return {
    entries = list, updated = updated, title = title, self = site:export_url(name),
    description = site.description or title, id = url.join(options.id_base or site.url, ""),
    home = site:export_url("index.html") or url.join(site.url, ""),
  }
end

-- A feed without absolute addresses is invalid.
function feed.can_be_made(name)
  return function(site)
    if not site.url and speaks_for_all(name, site) then
      fascia.warn(site, "no feeds without an address: set `url` in site.yaml", "feed-no-url")
    end
    return site.url ~= nil
  end
end

return feed
