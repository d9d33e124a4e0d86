-- What a page says by itself, in seven languages; other languages get the English words.
--
--   phrases(lang)            the table of a language ("de-CH" is "de")
--     .contents .home .questions .articles   words
--     .reading(minutes)      "4 min read"
--     .date(d)               a date of fascia.date.parse
--   phrases.known(lang)      the same, or nil when the language is none of the seven
local languages = {}

local function months(list)
    local names = {}
    for name in list:gmatch("%S+") do names[#names + 1] = name end
    return names
end

-- "{d} {m} {y}" with the language's month names.
local function dates(form, list)
    local names = months(list)
    return function(d)
        local values = { d = d.day, m = names[d.month], n = d.month, y = d.year }
        return (form:gsub("{(%l)}", values))
    end
end

local function reading(form)
    return function(minutes) return (form:gsub("{n}", math.max(1, minutes))) end
end

languages.en = {
    contents = "Contents", home = "Home", questions = "Questions",
    articles = "Articles",
    reading = reading("{n} min read"),
    date = dates("{d} {m} {y}", "January February March April May June July August September "
        .. "October November December"),
}
languages.de = {
    contents = "Inhalt", home = "Startseite", questions = "Fragen",
    articles = "Artikel",
    reading = reading("{n} Min. Lesezeit"),
    date = dates("{d}. {m} {y}", "Januar Februar März April Mai Juni Juli August September "
        .. "Oktober November Dezember"),
}
languages.fr = {
    contents = "Sommaire", home = "Accueil", questions = "Questions",
    articles = "Articles",
    reading = reading("{n} min de lecture"),
    date = dates("{d} {m} {y}", "janvier février mars avril mai juin juillet août septembre "
        .. "octobre novembre décembre"),
}
languages.es = {
    contents = "Contenido", home = "Inicio", questions = "Preguntas",
    articles = "Artículos",
    reading = reading("{n} min de lectura"),
    date = dates("{d} de {m} de {y}", "enero febrero marzo abril mayo junio julio agosto "
        .. "septiembre octubre noviembre diciembre"),
}
languages.ar = {
    contents = "المحتويات", home = "الرئيسية", questions = "الأسئلة",
    articles = "المقالات",
    reading = reading("مدة القراءة: {n} د"),
    date = dates("{d} {m} {y}", "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر "
        .. "نوفمبر ديسمبر"),
}
languages.ur = {
    contents = "فہرست", home = "سرورق", questions = "سوالات",
    articles = "مضامین",
    reading = reading("{n} منٹ کا مطالعہ"),
    date = dates("{d} {m} {y}", "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر "
        .. "دسمبر"),
}
languages.zh = {
    contents = "目录", home = "首页", questions = "常见问题",
    articles = "文章",
    reading = reading("阅读约 {n} 分钟"),
    date = dates("{y}年{n}月{d}日", ""),
}

-- The words of a language, or nil when it is none of the seven.
local function known(lang)
    local primary = lang and lang:match("^%a+")
    return primary and languages[primary:lower()]
end

return setmetatable({ known = known }, {
    __call = function(_, lang) return known(lang) or languages.en end,
})
