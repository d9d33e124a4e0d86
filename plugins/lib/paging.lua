-- The articles of a site, newest first, cut into pages: the first is the front page, and
-- index-page.html makes the others.
--
-- Options: limit (how many articles in all), per_page (50).
local paging = {}

local function per_page(options)
  local size = options.per_page or 50
  return math.type(size) == "integer" and size > 0 and size
    or error("the option per_page must be a whole number from 1", 0)
end

-- The articles of the front page, and whether there are more pages. All are on it where nothing
-- makes the others. What is asked of the site is only what is told here: a change of another page
-- is none of this one.
function paging.first(site, options)
  if not site:export_url("index-page.html", 2) then
    return site:articles { sort = "-date", limit = options.limit }, false
  end
  local limit, size = options.limit or math.maxinteger, per_page(options)
  local found = site:articles { sort = "-date", limit = math.min(size, limit) }
  return found, limit > size and #site:articles { sort = "-date", limit = 1, offset = size } > 0
end

-- The pages from the second on.
function paging.rest(site, options)
  local all, size = site:articles { sort = "-date", limit = options.limit }, per_page(options)
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
