-- Checks of how one thing is called in the tables of an article and in its headings.
local fascia = require "fascia"
local fold, distance = fascia.fold, fascia.text.distance

-- A name as it is compared: without capital letters and a note in brackets.
local function plain(name)
  return fold((name:gsub("（", "("):gsub("%s*%(.*$", "")))
end

-- "Type 1" and "Type 2", "Plan A" and "Plan B" are two things.
local function marks(name)
  return name:gsub("[%a\x80-\xFF][%a\x80-\xFF]+", ""):gsub("[^%w]", "")
end

-- Spanish "la bicicleta" is what the table calls "bicicleta".
local ARTICLES = {}
for word in ("a an the der die das den dem des le la les un une el los las una il lo gli i o os as")
  :gmatch("%a+") do
  ARTICLES[word] = true
end

-- What the longer name says before or behind the shorter one; nil when it does not hold it.
local function rest_of(a, b)
  if #a < #b then a, b = b, a end
  if a:sub(1, #b + 1) == b .. " " then return a:sub(#b + 2) end
  if a:sub(-#b - 1) == " " .. b then return a:sub(1, -#b - 2) end
end

-- A letter that differs says little in a short name and nothing in a script of syllables; at the
-- end it is grammar.
local function is_misspelt(a, b, letters)
  return letters >= 6 and not (a .. b):find("[\xE0-\xFF]")
    and a:sub(utf8.offset(a, -2)) == b:sub(utf8.offset(b, -2))
    and distance(a, b) <= (letters >= 12 and 2 or 1)
end

-- Whether two names may be meant for one thing, and what one of them has beside the other.
local function may_be_one(a, b)
  a, b = a:gsub("[%s_-]+", " "), b:gsub("[%s_-]+", " ")
  if (a:gsub(" ", "")) == (b:gsub(" ", "")) then return true end
  if marks(a) ~= marks(b) then return false end
  local letters = math.min(utf8.len(a), utf8.len(b))
  local rest = letters >= 3 and rest_of(a, b)
  if rest then return not ARTICLES[rest], rest end
  return is_misspelt(a, b, letters)
end

-- The subjects of pros and cons, each once, and the set of their names.
local function subjects_of(article)
  local subjects, names = {}, {}
  for _, kind in ipairs { "pros", "cons" } do
    for _, group in ipairs(article[kind]) do
      local name = plain(group.subject)
      if name ~= "" and not names[name] then
        names[name] = true
        subjects[#subjects + 1] = { name = name, group = group }
      end
    end
  end
  return subjects, names
end

-- Columns and subjects that the other side does not have, but under a name that is near.
local function near_pairs(comparison, subjects, names)
  local columns, found, rests = {}, {}, {}
  for i, written in ipairs(comparison.subjects) do
    columns[i] = plain(written)
    columns[columns[i]] = true
  end
  for i, column in ipairs(columns) do
    for _, subject in ipairs(names[column] and {} or subjects) do
      local may_be, rest = may_be_one(column, subject.name)
      if may_be and not columns[subject.name] then
        found[#found + 1] = { column = i, group = subject.group, rest = rest }
        if rest then rests[rest] = (rests[rest] or 0) + 1 end
      end
    end
  end
  return found, rests
end

local function check_names(article, warn)
  if #article.comparisons == 0 or #article.pros + #article.cons == 0 then return end
  local subjects, names = subjects_of(article)
  if #subjects > 100 then return end -- a list of something else
  for _, comparison in ipairs(article.comparisons) do
    local found, rests = near_pairs(comparison, subjects, names)
    for _, one in ipairs(found) do
      -- "Delta | Box" for the delta kite and the box kite is a table that saves words.
      if not one.rest or rests[one.rest] == 1 then
        local _, line = fascia.place(one.group)
        warn(comparison.subjects, ('"%s" is called "%s" in line %d'):format(
          comparison.subjects[one.column], one.group.subject, line),
          { field = one.column, help = "call it the same everywhere" })
      end
    end
  end
end

return {
  ["subject-name"] = {
    summary = "a subject that has one name in a comparison and another in pros and cons",
    explain = [[
Fascia puts together what an article says of a subject by its name. When the table compares "Dry
needling therapy" and a heading lists the "Pros of dry-needling", plugins see two things, and
readers may as well. Capital letters make no difference, nor does a note in brackets.]],
    run = check_names,
  },
}
