-- Checks of links from article to article: whether a page will be where they lead.
--
-- Judged is only what fascia would make: addresses that look like those of its pages, and sources
-- of articles. Whether there is an image, a style sheet or another folder nobody here can know.
local fascia = require "fascia"
local anchors = require "lib.checks.anchors"
local page = require "lib.page"
local url = fascia.url

local checks = {}

-- An address without what makes no other page: the query, "index.html", the last slash.
local function plain(address)
  local path = url.decode(address:match("^[^?#]*")):gsub("/index%.html$", "/"):gsub("/$", "")
  return path
end

local function folder_of(path) return path:match("^(.*)/") or "" end

-- The pages of a site, each { article, address }: in order, by address and by source; and the
-- folders that they lie in. Nil when no pages are made.
local function map_of(site)
  local map = { list = {}, pages = {}, sources = {}, folders = {}, made = {} }
  for i, article in ipairs(site:articles()) do
    local address = site:export_url("page.html", article)
    if not address then return nil end
    local path, one = plain(address), { article = article, address = address }
    map.list[i], map.pages[path], map.sources[article.path] = one, one, one
    map.folders[folder_of(path)] = true
  end
  for _, name in ipairs(site:exports()) do
    map.made[name] = true
    local address = site:export_url(name)
    if address then map.made[plain(address)] = true end
  end
  return map
end

-- Where a link leads, if that is inside of the site.
local function inside(link_url, here, site)
  if link_url:find("^%a[%w+.-]*:") or link_url:sub(1, 2) == "//" then
    local base = site.url and url.join(site.url, "")
    return base and link_url:sub(1, #base) == base and link_url or nil
  end
  return url.absolute(link_url, here)
end

-- A link to a file such as an article is written in.
local function check_source(map, from, link, warn)
  local path = url.decode(link.url:match("^[^?#]*"))
  local source = map.sources[url.absolute(path, "/" .. from.article.path):sub(2)]
  if source then
    warn(link, "this leads to the source of an article, which is no page",
      { help = "write " .. page.link(source.address, from.address):gsub("index%.html$", "") })
  else
    warn(link, ('there is no article "%s"'):format(path))
  end
end

local function check_anchor(article, link, name, warn)
  local good, near = anchors.find(anchors.of(article), name)
  if not good then
    warn(link, ('nothing in "%s" is called #%s'):format(article.title, name),
      near and { help = ("write #%s"):format(near) })
  end
end

-- An address that could only be that of a page: without an ending, where pages are.
local function must_be_page(map, path)
  local folder, name = folder_of(path), path:match("[^/]*$")
  return name ~= "" and not name:find(".", 1, true) and not map.made[path]
    and (map.folders[folder] or map.pages[folder])
end

local function check_link(map, from, link, site, warn)
  local address = link.url:find("^[^#%s]") and inside(link.url, from.address, site)
  if not address then return end
  local path = plain(address)
  local target, name, anchor = map.pages[path], path:match("[^/]*$"), address:match("#(.+)$")
  if target then
    if anchor then check_anchor(target.article, link, anchor, warn) end
  elseif name:find("%.md$") or name:find("%.txt$") then
    if not map.made[name] then check_source(map, from, link, warn) end
  elseif must_be_page(map, path) then
    warn(link, ('no page will be at "%s"'):format(path .. "/"))
  end
end

checks["broken-link"] = {
  each = "site",
  summary = "a link to an article that is not there",
  explain = [[
A link leads to where the page of an article would be, but none is there, or to the file an
article is written in, which is not part of the finished site. Link to the page, as a browser
sees it: the page of `content/tea.md` is `tea/`, so another article reaches it by

    [green tea](../tea/)
    [how to brew it](../tea/#brewing)

Drafts have no page. Images, other files and other sites are not looked at.]],
  run = function(site, warn)
    local map = map_of(site)
    if not map then return end
    for _, from in ipairs(map.list) do
      for _, link in ipairs(from.article.links) do check_link(map, from, link, site, warn) end
    end
  end,
}

return checks
