-- The articles of a site, newest first, cut into pages: the first is the front page, and
-- index-page.html makes the others.
--
-- Options: limit (how many articles in all), per_page (50).
local options = require "lib.options"

local paging = {}

local function per_page(given)
  return options.number(given, "per_page", 50)
end

local function limit_of(given)
  return options.number(given, "limit")
end

-- The articles of the front page, and whether there are more pages. All are on it where nothing
-- makes the others. What is asked of the site is only what is told here: a change of another page
-- is none of this one.
function paging.first(site, given)
  if not site:export_url("index-page.html", 2) then
    return site:articles { sort = "-date", limit = limit_of(given) }, false
  end
  local limit, size = limit_of(given) or math.maxinteger, per_page(given)
  local found = site:articles { sort = "-date", limit = math.min(size, limit) }
  return found, limit > size and #site:articles { sort = "-date", limit = 1, offset = size } > 0
end

-- The pages from the second on.
function paging.rest(site, given)
  local all, size = site:articles { sort = "-date", limit = limit_of(given) }, per_page(given)
  local pages = {}
  for first = size + 1, #all, size do
    local last = math.min(first + size - 1, #all)
    local page = { key = #pages + 2, articles = {}, has_more = last < #all }
    for i = first, last do page.articles[i - first + 1] = all[i] end
    pages[#pages + 1] = page
  end
  return pages
end

return paging
