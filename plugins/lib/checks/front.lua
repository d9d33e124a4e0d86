-- Checks of front matter: keys, title, date and summary.
local fascia = require "fascia"
local day, fold, distance = fascia.date.day, fascia.fold, fascia.text.distance

local checks = {}

-- What fascia reads of front matter; the built-in page looks for type and schema as well.
local READ = { "title", "slug", "summary", "date", "updated", "author", "authors", "tags", "lang",
  "dir", "draft", "id", "faq" }
local KNOWN = { type = true, schema = true }
for _, key in ipairs(READ) do KNOWN[key] = true end

local function letters(word)
  local list = {}
  for letter in word:gmatch(".") do list[#list + 1] = letter end
  table.sort(list)
  return table.concat(list)
end

-- Keys that a site has of its own are words too: "rate" and "long" are no mistyped date and lang.
-- So the first letter must be right, and of a short word no letter may be another.
local function may_mean(key, known)
  local shorter = math.min(#key, #known)
  if shorter < 3 or key:sub(1, 1) ~= known:sub(1, 1) or math.abs(#key - #known) > 2 then
    return key == known
  end
  if distance(key, known) > (shorter >= 6 and 2 or 1) then return false end
  return #known > 4 or #key ~= #known or letters(key) == letters(known)
end

-- The key that was meant: one that the article does not have as well.
local function meant_by(key, given)
  local plain = fold(key):gsub("[-_ ]", "")
  for _, known in ipairs(READ) do
    if not given[known] and may_mean(plain, known) then return known end
  end
end

local function own_keys(options)
  local own = {}
  for _, key in ipairs(options.keys or {}) do own[key] = true end
  return own
end

local function check_keys(article, warn, _, options)
  local keys, given, own = article.keys, {}, nil
  for _, key in ipairs(keys) do given[key] = true end
  given.author = given.author or given.authors
  given.authors = given.author
  for i, key in ipairs(keys) do
    local meant = not KNOWN[key] and meant_by(key, given)
    own = meant and (own or own_keys(options)) or own
    if meant and not own[key] then
      warn(keys, ('fascia does not read "%s"; did you mean "%s"?'):format(key, meant), { field = i,
        help = ("if it is your own, say so in site.yaml: plugins: {checks: {keys: [%s]}}")
          :format(key) })
    end
  end
end

checks["unknown-key"] = {
  summary = "a key of front matter that looks mistyped",
  explain = [[
A key that fascia does not read is kept for plugins and otherwise has no effect, so a mistyped
one is lost without a word:

    titel: Green tea        has no effect
    title: Green tea        is the title

Keys that are far from all that fascia reads are taken for your own. If one of yours is near,
such as `tag` beside `tags`, name it in site.yaml:

    plugins: {checks: {keys: [tag]}}]],
  run = check_keys,
}

checks["missing-title"] = {
  summary = "an article without a title",
  explain = [[
Neither front matter nor a heading of the first level says what the article is called, so that
the file's name stands in for it, on the page, in lists and in search engines. Write one of

    title: Green tea        in front matter
    # Green tea             as the first heading]],
  run = function(article, warn)
    if not article.titled then
      warn(article, ('this article has no title; "%s" is made of its file\'s name')
        :format(article.title), { help = 'write `title: …` in front matter, or a heading "# …"' })
    end
  end,
}

checks["missing-date"] = {
  summary = "an article without a date",
  severity = "info",
  explain = [[
Feeds leave an article without a date out, the front page lists it last, and readers cannot tell
how old it is. Fascia never takes the file's date for it, which changes with every copy. Write
it in front matter:

    date: 2026-03-05

If your articles are meant to have none, switch this off in site.yaml:

    checks: {missing-date: off}]],
  run = function(article, warn)
    -- A date that is none is told by the reader.
    if not article.date and article.meta.date == nil then
      warn(article, "this article has no date",
        { help = "write `date: 2026-03-05` in front matter" })
    end
  end,
}

checks["missing-summary"] = {
  summary = "an article without a summary",
  explain = [[
The summary is what search engines, feeds and links to an article show of it. It is the first
paragraph unless front matter says otherwise; an article of tables and lists only has none.
Write it:

    summary: Two kinds of tea, and when to drink which.]],
  run = function(article, warn)
    if not article.summary then
      warn(article, "this article has no summary, and no paragraph to take it from",
        { help = "write `summary: …` in front matter" })
    end
  end,
}

checks["date-order"] = {
  summary = "an article that was updated before it was published",
  explain = [[
`updated` is the day of the last change, `date` that of publication. When the first is the
earlier of the two, one of them is wrong, and feed readers and search engines may trust neither.]],
  run = function(article, warn)
    local published, updated = article.date, article.updated
    if published and updated and day(updated) < day(published) then
      warn(article, ("updated on %s, but published only on %s"):format(day(updated),
        day(published)), { field = "updated" })
    end
  end,
}

return checks
