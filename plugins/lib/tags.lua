-- Tags and their pages. Tags that differ in case or punctuation only are one: "Tea", "tea".
local fascia = require "fascia"
local page = require "lib.page"

local tags = {}

-- What the page of a tag is known by; nil for one of which nothing is left, or far too much.
local function key_of(tag)
  local key = fascia.slug(tag)
  return key ~= "" and #key <= 200 and key or nil
end

-- Each tag of the site with its articles, newest first, spelt as the newest of them has it.
function tags.items(site)
  local items, known = {}, {}
  for _, article in ipairs(site:articles { sort = "-date" }) do
    for _, tag in ipairs(article.tags) do
      local key = key_of(tag)
      local item = key and known[key]
      if key and not item then
        item = { key = key, name = tag, lang = article.lang, dir = article.dir, articles = {} }
        known[key], items[#items + 1] = item, item
      end
      local listed = item and item.articles
      if listed and listed[#listed] ~= article then listed[#listed + 1] = article end
    end
  end
  return items
end

-- A function that gives a tag's page as a link from `here`, or nil where there is none; nil where
-- no tag has a page.
function tags.links(site, here)
  if not site:export_url("index-tag.html", "x") then return nil end
  return function(tag)
    local key = key_of(tag)
    return key and page.link(site:export_url("index-tag.html", key), here)
  end
end

return tags
