-- What a link can point at within the page of an article.
local fascia = require "fascia"
local distance, has = fascia.text.distance, fascia.text.has

local anchors = {}

local function add_sections(sections, names)
  for _, section in ipairs(sections) do
    names[#names + 1] = section.id
    add_sections(section.sections, names)
  end
end

-- The names that the page has from the model: of sections, and of questions of front matter.
function anchors.of(article)
  local names = {}
  add_sections(article.sections, names)
  for _, pair in ipairs(article.faq) do
    if not pair.anchor then names[#names + 1] = pair.id end
  end
  return names
end

-- What raw HTML names, and what browsers know without: the top, and any text.
local function is_in_html(html, name)
  for _, attribute in ipairs { "id=", "name=" } do
    for _, quote in ipairs { '"', "'", "" } do
      if has(html, attribute .. quote .. name .. quote) then return true end
    end
  end
end

-- Whether the page has this name, or the nearest that it has.
function anchors.find(names, article, name)
  name = fascia.url.decode(name)
  if name == "top" or name:find("^:~:") then return true end
  local near, least = nil, 4
  for _, known in ipairs(names) do
    if known == name then return true end
    local far = distance(known, name)
    if far < least and far * 2 < #known then near, least = known, far end
  end
  return is_in_html(article.html, name) or false, near
end

return anchors
