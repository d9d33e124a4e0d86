-- What a link can point at within the page of an article.
local fascia = require "fascia"
local distance = fascia.text.distance

local anchors = {}

local function add_sections(sections, names)
  for _, section in ipairs(sections) do
    names[#names + 1] = section.id
    add_sections(section.sections, names)
  end
end

-- What raw HTML names.
local function names_of_html(html)
  local known = {}
  for name in html:gmatch("%sid%s*=%s*[\"']?([^\"'%s>]+)") do known[name] = true end
  for name in html:gmatch("%sname%s*=%s*[\"']?([^\"'%s>]+)") do known[name] = true end
  return known
end

-- The names that the page has from the model: of sections, and of questions of front matter.
function anchors.of(article)
  local names, known = {}, {}
  add_sections(article.sections, names)
  for _, pair in ipairs(article.faq) do
    if not pair.anchor then names[#names + 1] = pair.id end
  end
  for _, name in ipairs(names) do known[name] = true end
  return { article = article, names = names, known = known }
end

-- The nearest of not too many names.
local function nearest(names, name)
  local near, least = nil, 4
  for i = 1, math.min(#names, 200) do
    local far = distance(names[i], name)
    if far < least and far * 2 < #names[i] then near, least = names[i], far end
  end
  return near
end

-- Whether the page has this name, or what browsers know without: the top, and any text. Else the
-- nearest that it has.
function anchors.find(of, name)
  name = fascia.url.decode(name)
  if of.known[name] or name == "top" or name:find("^:~:") then return true end
  of.html = of.html or names_of_html(of.article.html)
  if of.html[name] then return true end
  return false, nearest(of.names, name)
end

return anchors
