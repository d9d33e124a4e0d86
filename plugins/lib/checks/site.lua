-- Checks of what articles say beside each other: titles, dates, facts.
local fascia = require "fascia"
local fold = fascia.fold

local checks = {}

-- Titles

local function check_titles(site, warn)
  local seen = {}
  for _, article in ipairs(site:articles { sort = "path" }) do
    local name = article.lang .. "\0" .. fold(article.title)
    local first = seen[name]
    if first then
      warn(article, ('title "%s" is that of %s as well'):format(article.title, first.path),
        { field = "title" })
    end
    seen[name] = first or article
  end
end

checks["duplicate-title"] = {
  each = "site",
  summary = "two articles with the same title",
  explain = [[
Nobody can tell them apart in a list, a feed or among search results. Capital letters make no
difference; articles of different languages are not compared.]],
  run = check_titles,
}

-- Dates

-- Fascia has no clock. What it can tell: what is later than SOURCE_DATE_EPOCH, when that is set,
-- and what is so much later than all other articles that it can only be a slip.
local YEARS, A_YEAR = 5, 365.25 * 24 * 3600

local function check_dates(site, warn)
  local newest = site:articles { sort = "-date", limit = 100 }
  local now, dates = fascia.date.seconds(site.now) or math.huge, {}
  for i, article in ipairs(newest) do
    dates[i] = article.date and fascia.date.seconds(article.date)
    if not dates[i] or dates[i] <= now and i > 1 then break end
    if dates[i] > now then warn(article, "this date is to come", { field = "date" }) end
  end
  local years = dates[2] and (dates[1] - dates[2]) // A_YEAR or 0
  if years >= YEARS and dates[1] <= now then
    warn(newest[1], ("this date is %d years later than that of any other article"):format(years),
      { field = "date" })
  end
end

checks["future-date"] = {
  each = "site",
  summary = "an article of the future",
  explain = [[
An article is dated later than SOURCE_DATE_EPOCH, when that is set, or five years later than any
other: fascia has no clock, so that the same content always gives the same site, and takes the
newest article's date for the time. Such an article stands before all others for years, and feed
readers show it last or never. Often two digits were swapped: 2062 for 2026. What is to come may
wait as a draft:

    draft: true]],
  run = check_dates,
}

-- Facts

local function squeezed(text) return (fold(text):gsub("[%s]+", ""):gsub("[.]$", "")) end

local function names(list, field, subject)
  for _, item in ipairs(list) do
    if fold(field and item[field] or item) == subject then return true end
  end
end

-- A fact's subject is the heading above it, which says "Preparation" in many articles and means
-- another thing in each. It is one thing when an article is called so or speaks of it elsewhere.
local function is_thing(subject, article)
  if fold(article.title) == subject or names(article.tags, nil, subject)
    or names(article.pros, "subject", subject) or names(article.cons, "subject", subject) then
    return true
  end
  for _, comparison in ipairs(article.comparisons) do
    if names(comparison.subjects, nil, subject) then return true end
  end
end

local function check_fact(fact, article, seen, warn)
  local subject = fold(fact.subject)
  local key = article.lang .. "\0" .. subject .. "\0" .. fold(fact.name)
  local first = seen[key]
  if not first then
    seen[key] = { fact = fact, article = article }
  elseif squeezed(first.fact.value) ~= squeezed(fact.value) and first.article ~= article
    and (is_thing(subject, article) or is_thing(subject, first.article)) then
    local _, line = fascia.place(first.fact)
    warn(fact, ('%s of %s is "%s" here, but "%s" in line %d of %s'):format(fact.name, fact.subject,
      fact.value, first.fact.value, line, first.article.path))
  end
end

checks["fact-conflict"] = {
  each = "site",
  summary = "a fact that another article contradicts",
  explain = [[
Two articles give the same subject another value under the same name, such as "Heat: 80 °C" and
"Heat: 70 °C" of green tea. One of them was changed and the other forgotten, or they mean two
things, which then need two names. Compared are `Name: value` lists below a heading that is the
title, a tag or a subject elsewhere in one of the two; white space and capital letters make no
difference.]],
  run = function(site, warn)
    local seen = {}
    for _, article in ipairs(site:articles { sort = "path" }) do
      for _, fact in ipairs(article.facts) do check_fact(fact, article, seen, warn) end
    end
  end,
}

return checks
