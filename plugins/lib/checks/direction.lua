-- Checks of characters that make text look other than it is.
local fascia = require "fascia"
local has = fascia.text.has

local checks = {}

-- Embeddings, overrides and isolates; what ends them.
local CONTROLS = { ["\u{202A}"] = "LRE", ["\u{202B}"] = "RLE", ["\u{202D}"] = "LRO",
  ["\u{202E}"] = "RLO", ["\u{2066}"] = "LRI", ["\u{2067}"] = "RLI", ["\u{2068}"] = "FSI",
  ["\u{202C}"] = "PDF", ["\u{2069}"] = "PDI" }
local ENDS = { LRE = "PDF", RLE = "PDF", LRI = "PDI", RLI = "PDI", FSI = "PDI" }

-- Their first byte is in few texts, so that nearly all are looked through once.
local function has_any(text)
  if not has(text, "\xE2") then return false end
  for control in pairs(CONTROLS) do
    if has(text, control) then return true end
  end
end

-- The first control of the text that turns letters around or is not ended where it stands. What is
-- opened and closed again only helps to show names of another script.
local function offender(text)
  if not has_any(text) then return nil end
  local open = {}
  for control in text:gmatch("\xE2[\x80\x81][\xA6-\xAE]") do
    local name = CONTROLS[control]
    if name == "LRO" or name == "RLO" then return name, control end
    if ENDS[name] then
      open[#open + 1] = { name, control }
    elseif name and (not open[1] or ENDS[open[#open][1]] ~= name) then
      return name, control
    elseif name then
      open[#open] = nil
    end
  end
  if open[1] then return table.unpack(open[#open]) end
end

local function tell(warn, node, where, name, control, field)
  warn(node, ("U+%04X (%s) in %s makes it look other than it is"):format(utf8.codepoint(control),
    name, where), { field = field })
end

local function look(warn, node, text, where, field)
  local name, control = offender(text)
  if name then tell(warn, node, where, name, control, field) end
  return name ~= nil
end

-- The innermost blocks with such a text: items, cells, paragraphs.
local look_at_blocks

local function look_at_table(warn, block)
  for _, list in ipairs { block.columns, table.unpack(block.rows) } do
    for _, cell in ipairs(list) do look(warn, cell, cell.text, "this cell") end
  end
end

local function look_at_list(warn, block)
  for _, item in ipairs(block.items) do
    if #item.blocks > 0 then look_at_blocks(warn, item.blocks)
    else look(warn, item, item.text, "this item") end
  end
end

local LOOKS = {
  list = look_at_list,
  table = look_at_table,
  quote = function(warn, block) look_at_blocks(warn, block.blocks) end,
  code = function(warn, block) look(warn, block, block.code, "this code") end,
  html = function(warn, block) look(warn, block, block.html, "this HTML") end,
}

function look_at_blocks(warn, blocks)
  for _, block in ipairs(blocks) do
    if has_any(block.html) then
      local look_at = LOOKS[block.type]
      if look_at then look_at(warn, block) else look(warn, block, block.text, "this text") end
    end
  end
end

local function look_at_sections(warn, sections)
  for _, section in ipairs(sections) do
    look(warn, section, section.title, "this heading")
    look_at_blocks(warn, section.blocks)
    look_at_sections(warn, section.sections)
  end
end

-- In an address even the marks that are harmless in text are none of it.
local function look_at_address(warn, node)
  local address = node.url
  if not has(address, "\xE2") and not has(address, "%") then return end
  address = fascia.url.decode(address)
  local control = address:match("\xE2\x80[\x8E\x8F\xAA-\xAE]")
    or address:match("\xE2\x81[\xA6-\xA9]")
  if control then
    tell(warn, node, "this address", CONTROLS[control] or "a mark", control)
  end
end

checks["bidi-control"] = {
  severity = "error",
  summary = "a control character that turns text around",
  explain = [[
Characters that nobody sees make what follows them run the other way, so that a text reads
otherwise than it is: "gpj.exe" as "exe.jpg", an address as another site's, code as other code.
They come along with pasted text, or somebody means ill. Found are those that override the
direction of letters, those that are not closed again where they are opened, and any of them in
an address. Take them out; text in Arabic or Hebrew needs none, since its letters have a
direction.]],
  run = function(article, warn)
    look(warn, article, article.title, "the title", "title")
    if type(article.meta.summary) == "string" then -- else a paragraph says it
      look(warn, article, article.meta.summary, "the summary", "summary")
    end
    if has_any(article.html) then
      if article.lede then look_at_blocks(warn, article.lede.blocks) end
      look_at_sections(warn, article.sections)
    end
    for _, link in ipairs(article.links) do look_at_address(warn, link) end
    for _, image in ipairs(article.images) do look_at_address(warn, image) end
  end,
}

return checks
