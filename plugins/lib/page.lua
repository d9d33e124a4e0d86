-- What the pages of several plugins share: the head, links between pages, questions, tables.
local fascia = require "fascia"
local html, url = fascia.html, fascia.url
local has, replace = fascia.text.has, fascia.text.replace

local page = {}

local FEEDS = {
  { "rss.xml", "application/rss+xml", "RSS" },
  { "atom.xml", "application/atom+xml", "Atom" },
  { "feed.json", "application/feed+json", "JSON Feed" },
}

-- The feeds that are being made, for <link rel="alternate">.
function page.feeds(site)
  local feeds = {}
  for _, feed in ipairs(FEEDS) do
    local address = site.url and site:export_url(feed[1])
    if address then
      local title = site.title and site.title .. " – " .. feed[3] or feed[3]
      feeds[#feeds + 1] = { url = address, type = feed[2], name = feed[3], title = title }
    end
  end
  return feeds
end

-- The address if it is absolute: without the site's `url` there is none.
function page.absolute(address)
  return address and url.is_absolute(address) and address or nil
end

-- A link between two pages that works on a server and from a folder on disk.
function page.link(to, from)
  if not to then return nil end
  local way = url.relative(to, from or to)
  return way:sub(-1) == "/" and way .. "index.html" or way
end

function page.title(article, site)
  return site.title and article.title .. " – " .. site.title or article.title
end

-- The questions that front matter adds, which no section shows.
function page.extra_questions(article)
  local extra = {}
  for _, pair in ipairs(article.faq) do
    if not pair.anchor then extra[#extra + 1] = pair end
  end
  return extra
end

-- Tables that Markdown wrote, each in a scroller that keyboards reach, named after its section.
function page.tables(source, section)
  if not has(source, "<table>") then return source end
  local open = '<section class="scroll" tabindex="0" aria-label="' .. html.escape(section.title)
    .. '"><table>\n<thead>'
  local opened, tables = replace(source, "<table>\n<thead>", open)
  local closed, ends = replace(opened, "</table>", "</table></section>")
  return tables == ends and closed or source -- raw HTML has tables of its own: leave all alone
end

-- As text, ready to be written: the title has the first level.
local HEADINGS = { "2", "2", "3", "4", "5", "6" }

function page.heading(level)
  return HEADINGS[level] or "6"
end

-- What makes a section a list of pros, or of cons: a function that gives the class attribute of
-- the section with an id.
function page.classes(article)
  local kinds = {}
  for _, kind in ipairs { "pros", "cons" } do
    for _, group in ipairs(article[kind]) do
      local anchor = group.anchor
      if anchor then kinds[anchor] = (kinds[anchor] or kind) == kind and kind or "both" end
    end
  end
  return function(id, source)
    local kind = kinds[id]
    return kind and kind ~= "both" and source:find("^<ul>") and ' class="' .. kind .. '"'
  end
end

return page
