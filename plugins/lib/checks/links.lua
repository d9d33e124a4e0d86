-- Checks of links that an article answers by itself: empty ones, and anchors of its own.
local fascia = require "fascia"
local anchors = require "lib.checks.anchors"

local checks = {}

-- Where a part of the model stands, as a key.
local function spot(node)
  local _, line, column = fascia.place(node)
  return line .. ":" .. column
end

-- Where images stand: a link that begins with one and has no text of its own is told as an image.
local function spots_of(images)
  local spots = {}
  for _, image in ipairs(images) do spots[spot(image)] = true end
  return spots
end

checks["empty-link"] = {
  summary = "a link that leads nowhere, or that nobody can see",
  explain = [[
A link without a text cannot be clicked or read aloud, one without an address leads back to the
page it is on:

    [](https://example.org/tea)     no text
    [the shop]()                    no address]],
  run = function(article, warn)
    local images
    for _, link in ipairs(article.links) do
      if not link.url:find("%S") then
        warn(link, "this link has no address")
      elseif not link.text:find("%S") then
        images = images or spots_of(article.images)
        if not images[spot(link)] then
          warn(link, "this link has no text", { help = "write [what it leads to](…)" })
        end
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
        local good, near = anchors.find(known, name)
        if not good then
          warn(link, ("nothing in this article is called #%s"):format(name),
            near and { help = ("write #%s"):format(near) })
        end
      end
    end
  end,
}

return checks
