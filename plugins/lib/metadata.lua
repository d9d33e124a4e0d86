-- An article as search engines and social networks read it: Open Graph and schema.org.
-- Only what the article and the settings say; nothing is made up.
local fascia = require "fascia"
local page = require "lib.page"
local date, html = fascia.date, fascia.html

local metadata = {}

local function first_image(article, address)
  local first = article.images[1]
  if not first then return nil end
  return page.absolute(address and fascia.url.absolute(first.url, address) or first.url)
end

-- Facebook's locales have a region: "de-CH" is "de_CH"; "de" alone says nothing.
local function locale(lang)
  local language, region = (lang or ""):match("^(%a%a%a?)-(%a%a)$")
  return language and language:lower() .. "_" .. region:upper()
end

-- MedicalWebPage when front matter says so, in `type` or `schema`; else Article.
local function schema_type(meta)
  local medical = meta.type == "MedicalWebPage" or meta.schema == "MedicalWebPage"
  return medical and "MedicalWebPage" or "Article"
end

-- What templates/social.html and templates/graph.html write; `here` is where the page will be.
function metadata.of(article, site, here, options)
  local address, title = page.absolute(here), site.title
  local home = address and title and page.absolute(site:export_url("index.html"))
  return {
    address = address, home = home, locale = locale(article.lang),
    published = article.date and date.iso(article.date),
    modified = article.updated and date.iso(article.updated),
    image = first_image(article, address),
    type = schema_type(article.meta), author_type = options.author_type or "Person",
    absolute = function(source) return html.absolute(source, address) end,
  }
end

return metadata
