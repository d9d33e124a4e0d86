-- A plugin with a folder of its own: a module, a template, options, all four kinds of exports.
local fascia = require "fascia"
local terms = require "terms"

local template = fascia.template.file("glossary/terms.html")

local function tags(site)
  local seen, list = {}, {}
  for _, article in ipairs(site:articles { sort = "title" }) do
    for _, tag in ipairs(article.tags) do
      if not seen[tag] then
        seen[tag] = true
        list[#list + 1] = tag
      end
    end
  end
  return list
end

return {
  name = "glossary",
  summary = "The terms of an article",
  exports = {
    ["glossary.txt"] = {
      each = "article",
      when = function(article)
        if not article.meta.terms then fascia.warn(article, "it has no terms", "no-terms") end
        return article.meta.terms ~= nil
      end,
      path = "{slug}/{name}",
      render = function(article, out, _, options)
        print("writing the terms of " .. article.slug)
        out:write(options.heading, "\n")
        for name, meaning in pairs(article.meta.terms) do
          out:write(terms.line(name, meaning, options.width), "\n")
        end
      end,
    },
    ["glossary.json"] = {
      each = "site",
      path = "glossary.json",
      render = function(site, out)
        local all = fascia.object("now", site.now, "count", #site:articles())
        for _, article in ipairs(site:articles { sort = "-date" }) do
          all[article.id] = article.meta.terms or fascia.null
          table.insert(getmetatable(all).__keys, article.id)
        end
        out:json(all, 2):write("\n")
      end,
    },
    ["tag.txt"] = {
      each = tags,
      path = function(tag) return "tags/" .. tag .. ".txt" end,
      render = function(tag, _, site)
        return tag .. ": " .. #site:articles { tag = tag } .. "\n"
      end,
    },
    ["terms.html"] = {
      each = "article",
      when = function(article) return article.meta.terms ~= nil end,
      path = "{slug}/terms.html",
      render = function(article, out) template(out, { article = article }) end,
    },
  },
}
