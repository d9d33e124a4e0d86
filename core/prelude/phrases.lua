-- What a page says by itself, in seven languages; other languages get the English words.

---The words of a language.
---@class fascia.phrases.Words
---@field contents string
---@field home string
---@field questions string
---@field articles string
---@field newer string "Newer articles".
---@field older string
---@field pages string
---@field page fun(number: integer): string "Page 2".
---@field reading fun(minutes: integer): string "4 min read".
---@field date fun(parts: fascia.date.Parts): string A date as it is written.

local languages = {}

local function months(list)
    local names = {}
    for name in list:gmatch("%S+") do names[#names + 1] = name end
    return names
end

local function dates(list, write)
    local names = months(list)
    return function(d) return write(d.day, names[d.month], d.year, d.month) end
end

local function day_month_year(d, m, y) return d .. " " .. m .. " " .. y end

local function numbered(before, behind)
    return function(n) return before .. n .. behind end
end

local function reading(before, behind)
    local write = numbered(before, behind)
    return function(minutes) return write(math.max(1, minutes)) end
end

languages.en = {
    contents = "Contents", home = "Home", questions = "Questions",
    articles = "Articles",
    newer = "Newer articles", older = "Older articles", pages = "Pages",
    page = numbered("Page ", ""),
    reading = reading("", " min read"),
    date = dates("January February March April May June July August September "
        .. "October November December", day_month_year),
}
languages.de = {
    contents = "Inhalt", home = "Startseite", questions = "Fragen",
    articles = "Artikel",
    newer = "Neuere Artikel", older = "Ältere Artikel", pages = "Seiten",
    page = numbered("Seite ", ""),
    reading = reading("", " Min. Lesezeit"),
    date = dates("Januar Februar März April Mai Juni Juli August September "
        .. "Oktober November Dezember",
        function(d, m, y) return d .. ". " .. m .. " " .. y end),
}
languages.fr = {
    contents = "Sommaire", home = "Accueil", questions = "Questions",
    articles = "Articles",
    newer = "Articles plus récents", older = "Articles plus anciens", pages = "Pages",
    page = numbered("Page ", ""),
    reading = reading("", " min de lecture"),
    date = dates("janvier février mars avril mai juin juillet août septembre "
        .. "octobre novembre décembre", day_month_year),
}
languages.es = {
    contents = "Contenido", home = "Inicio", questions = "Preguntas",
    articles = "Artículos",
    newer = "Artículos más recientes", older = "Artículos anteriores", pages = "Páginas",
    page = numbered("Página ", ""),
    reading = reading("", " min de lectura"),
    date = dates("enero febrero marzo abril mayo junio julio agosto "
        .. "septiembre octubre noviembre diciembre",
        function(d, m, y) return d .. " de " .. m .. " de " .. y end),
}
languages.ar = {
    contents = "المحتويات", home = "الرئيسية", questions = "الأسئلة",
    articles = "المقالات",
    newer = "مقالات أحدث", older = "مقالات أقدم", pages = "الصفحات",
    page = numbered("صفحة ", ""),
    reading = reading("مدة القراءة: ", " د"),
    date = dates("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر "
        .. "نوفمبر ديسمبر", day_month_year),
}
languages.ur = {
    contents = "فہرست", home = "سرورق", questions = "سوالات",
    articles = "مضامین",
    newer = "نئے مضامین", older = "پرانے مضامین", pages = "صفحات",
    page = numbered("صفحہ ", ""),
    reading = reading("", " منٹ کا مطالعہ"),
    date = dates("جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر "
        .. "دسمبر", day_month_year),
}
languages.zh = {
    contents = "目录", home = "首页", questions = "常见问题",
    articles = "文章",
    newer = "较新的文章", older = "较早的文章", pages = "页面",
    page = numbered("第 ", " 页"),
    reading = reading("阅读约 ", " 分钟"),
    date = dates("", function(d, _, y, n) return y .. "年" .. n .. "月" .. d .. "日" end),
}

-- The words of a language, or nil when it is none of the seven.
local function known(lang)
    local primary = lang and lang:match("^%a+")
    return primary and languages[primary:lower()]
end

---What a page says by itself, in seven languages (en de fr es ar ur zh; "de-CH" is "de"); other
---languages get the English words.
---@class fascia.phrases
---@overload fun(lang: string?): fascia.phrases.Words
local phrases = {}

---The same, or nil when the language is none of the seven.
---@param lang string?
---@return fascia.phrases.Words?
phrases.known = known

return setmetatable(phrases, {
    __call = function(_, lang) return known(lang) or languages.en end,
})
