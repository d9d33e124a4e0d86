-- Checks of links that an article answers by itself: empty ones, and anchors of its own.
local fascia = require "fascia"
local anchors = require "lib.checks.anchors"

local checks = {}

-- Whether the link begins with an image: without a text of its own it is told as an image.
local function holds_image(article, link)
  local _, line, column = fascia.place(link)
  for _, image in ipairs(article.images) do
    local _, image_line, image_column = fascia.place(image)
    if image_line == line and image_column == column then return true end
  end
end

checks["empty-link"] = {
  summary = "a link that leads nowhere, or that nobody can see",
  explain = [[
A link without a text cannot be clicked or read aloud, one without an address leads back to the
page it is on:

    [](https://example.org/tea)     no text
    [the shop]()                    no address]],
  run = function(article, warn)
    for _, link in ipairs(article.links) do
      if not link.url:find("%S") then
        warn(link, "this link has no address")
      elseif not link.text:find("%S") and not holds_image(article, link) then
        warn(link, "this link has no text", { help = "write [what it leads to](…)" })
      end
    end
  end,
}

checks["broken-anchor"] = {
  summary = "a link to a part of the article that is not there",
  explain = [[
`[see below](#brewing)` leads to the section whose heading makes the name "brewing": in small
letters, with a hyphen for all that is no letter or digit. `fascia show FILE` lists each section
with its `id`. When a heading changes, so does its name, and links to it lead to the top of the
page.]],
  run = function(article, warn)
    local known
    for _, link in ipairs(article.links) do
      local name = link.url:match("^#(.+)$")
      if name then
        known = known or anchors.of(article)
        local good, near = anchors.find(known, article, name)
        if not good then
          warn(link, ("nothing in this article is called #%s"):format(name),
            near and { help = ("write #%s"):format(near) })
        end
      end
    end
  end,
}

return checks
