-- An article as search engines and social networks read it: Open Graph and schema.org.
-- Only what the article and the settings say; nothing is made up.
local fascia = require "fascia"
local page = require "lib.page"
local jsonld, date = fascia.jsonld, fascia.date

local metadata = {}

local function first_image(article, address)
  local first = article.images[1]
  if not first then return nil end
  return page.absolute(address and fascia.url.absolute(first.url, address) or first.url)
end

-- What both need to know; `here` is where the page will be.
function metadata.of(article, site, here)
  local address = page.absolute(here)
  return {
    article = article, site = site, address = address,
    published = article.date and date.iso(article.date),
    modified = article.updated and date.iso(article.updated),
    image = first_image(article, address),
  }
end

-- Facebook's locales have a region: "de-CH" is "de_CH"; "de" alone says nothing.
local function locale(lang)
  local language, region = (lang or ""):match("^(%a%a%a?)-(%a%a)$")
  return language and language:lower() .. "_" .. region:upper()
end

-- Open Graph: a list of { property, content }.
function metadata.social(of)
  local article, list = of.article, {}
  local function add(property, value)
    if value and value ~= "" then list[#list + 1] = { property, value } end
  end
  add("og:title", article.title)
  add("og:type", "article")
  add("og:url", of.address)
  add("og:description", article.summary)
  add("og:site_name", of.site.title)
  add("og:locale", locale(article.lang))
  add("og:image", of.image)
  add("article:published_time", of.published)
  add("article:modified_time", of.modified)
  for _, tag in ipairs(article.tags) do add("article:tag", tag) end
  return list
end

-- MedicalWebPage when front matter says so, in `type` or `schema`; else Article.
local function schema_type(meta)
  local medical = meta.type == "MedicalWebPage" or meta.schema == "MedicalWebPage"
  return medical and "MedicalWebPage" or "Article"
end

local function people(authors, type)
  local list = {}
  for i, name in ipairs(authors) do list[i] = jsonld.node(type or "Person", "name", name) end
  return list[1] and list
end

local function main_node(of, options)
  local article, site = of.article, of.site
  local type, title, tags = schema_type(article.meta), article.title, article.tags
  return jsonld.node(type,
    "@id", of.address and of.address .. "#article",
    "url", of.address,
    type == "Article" and "headline" or "name", title,
    "description", article.summary,
    "inLanguage", article.lang,
    "datePublished", of.published,
    "dateModified", of.modified,
    "author", people(article.authors, options.author_type),
    "publisher", site.title and jsonld.node("Organization", "name", site.title, "url", site.url),
    "image", of.image,
    "keywords", tags[1] and tags or nil,
    "wordCount", type == "Article" and article.words or nil)
end

-- schema.org: the article, the way to it, its questions.
function metadata.graph(of, options)
  local nodes, site = { main_node(of, options) }, of.site
  local home = page.absolute(site:export_url("index.html"))
  if home and of.address and site.title then
    nodes[2] = jsonld.breadcrumbs { { site.title, home }, { of.article.title, of.address } }
  end
  nodes[#nodes + 1] = jsonld.faq(of.article.faq, of.address)
  return jsonld.graph(nodes)
end

return metadata
