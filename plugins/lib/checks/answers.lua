-- Checks of questions and their answers.
local fascia = require "fascia"
local has = fascia.text.has

local checks = {}

checks["faq-empty-answer"] = {
  summary = "a question without an answer",
  explain = [[
A question has nothing below it. The page then shows a question that opens on nothing, and
structured data without an answer is refused by those who read it. Answer it or take it out.]],
  run = function(article, warn)
    for _, pair in ipairs(article.faq) do
      if not pair.answer.text:find("%S") then warn(pair, "this question has no answer") end
    end
  end,
}

local function is_hidden(name, attributes)
  if name == "template" or #attributes > 4096 then return name == "template" end
  local bare = attributes:gsub("=%s*\"[^\"]*\"", "="):gsub("=%s*'[^']*'", "=")
  return (bare .. " "):find("%shidden[%s=/]") ~= nil
    or attributes:find("[sS][tT][yY][lL][eE]%s*=[^>]*display%s*:%s*none") ~= nil
end

local VOID = { area = true, br = true, col = true, embed = true, hr = true, img = true,
  input = true, link = true, meta = true, source = true, track = true, wbr = true }

-- Where the element that opens before `at` ends: behind its closing tag, or with the text.
local function element_end(html, name, at)
  local depth = 1
  for slash, other, behind in html:gmatch("<(/?)(%a[%w-]*)[^<>]*>()", at) do
    if other:lower() == name then
      depth = depth + (slash == "" and 1 or -1)
      if depth == 0 then return behind - 1 end
    end
  end
  return #html
end

-- The parts of HTML that browsers do not show, as a list of { first, last }.
local function hidden_parts(html)
  local parts, at = {}, 1
  if not (has(html, "hidden") or has(html, "display") or has(html, "<template")) then
    return parts
  end
  while at do
    local first, _, name, attributes, behind = html:find("<(%a[%w-]*)([^<>]*)>()", at)
    at = behind
    name = name and name:lower()
    if first and not VOID[name] and is_hidden(name, attributes) then
      local last = element_end(html, name, behind)
      parts[#parts + 1] = { first, last }
      at = last + 1
    end
  end
  return parts
end

-- Whether a hidden part lies in this part or around it.
local function is_touched(parts, first, last)
  for _, part in ipairs(parts) do
    if part[1] <= last and part[2] >= first then return true end
  end
  return false
end

local function check_hidden(article, warn)
  if #article.faq == 0 then return end
  local html = article.html
  local on_page = hidden_parts(html)
  for _, pair in ipairs(article.faq) do
    local answer = pair.answer.html
    local first = on_page[1] and answer ~= "" and html:find(answer, 1, true)
    -- What is no part of the body, from front matter, the page shows below it.
    local hidden = first and is_touched(on_page, first, first + #answer - 1)
      or not first and #hidden_parts(answer) > 0
    if hidden then
      warn(pair.answer, "structured data gives this answer, but the page hides it, or a part of it")
    end
  end
end

checks["faq-hidden-answer"] = {
  summary = "an answer in structured data that the page does not show",
  explain = [[
The page's structured data repeats each answer in full. Search engines demand that readers of
the page can see the same, and may punish a site where they cannot. Here raw HTML hides an
answer or a part of it: an element that is `hidden`, has `display: none`, or is a <template>.
Show it, or take it out.

What a question opens on a click, as in <details>, counts as shown.]],
  run = check_hidden,
}

return checks
