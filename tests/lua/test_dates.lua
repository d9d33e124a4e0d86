-- fascia.date, which reads what core/moment.h says and writes the same in every locale.
local tests = {}

-- Each row: what is read, and what date.day, iso, rfc3339, rfc822 and seconds make of it.
local FORMS = {
    { "2025-11-22", "2025-11-22", "2025-11-22", "2025-11-22T00:00:00Z",
        "Sat, 22 Nov 2025 00:00:00 +0000", 1763769600 },
    { " 2025-11-22\n", "2025-11-22", "2025-11-22", "2025-11-22T00:00:00Z",
        "Sat, 22 Nov 2025 00:00:00 +0000", 1763769600 },
    { "2025-11-22T08:30", "2025-11-22", "2025-11-22T08:30:00Z", "2025-11-22T08:30:00Z",
        "Sat, 22 Nov 2025 08:30:00 +0000", 1763800200 },
    { "2025-11-22t08:30:05z", "2025-11-22", "2025-11-22T08:30:05Z", "2025-11-22T08:30:05Z",
        "Sat, 22 Nov 2025 08:30:05 +0000", 1763800205 },
    { "\t2025-11-22 08:30:05.25 +01:00", "2025-11-22", "2025-11-22T08:30:05+01:00",
        "2025-11-22T08:30:05+01:00", "Sat, 22 Nov 2025 08:30:05 +0100", 1763796605 },
    { "2025-11-22 00:30 -0330", "2025-11-22", "2025-11-22T00:30:00-03:30",
        "2025-11-22T00:30:00-03:30", "Sat, 22 Nov 2025 00:30:00 -0330", 1763784000 },
    { "2025-11-22T23:30-11", "2025-11-22", "2025-11-22T23:30:00-11:00",
        "2025-11-22T23:30:00-11:00", "Sat, 22 Nov 2025 23:30:00 -1100", 1763893800 },
    { "2000-02-29T23:59:59-00:30", "2000-02-29", "2000-02-29T23:59:59-00:30",
        "2000-02-29T23:59:59-00:30", "Tue, 29 Feb 2000 23:59:59 -0030", 951870599 },
    { "1969-12-31T23:59:59Z", "1969-12-31", "1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z",
        "Wed, 31 Dec 1969 23:59:59 +0000", -1 },
    { "0001-01-01T00:00+23:59", "0001-01-01", "0001-01-01T00:00:00+23:59",
        "0001-01-01T00:00:00+23:59", "Mon, 01 Jan 0001 00:00:00 +2359", -62135683140 },
    { "9999-12-31", "9999-12-31", "9999-12-31", "9999-12-31T00:00:00Z",
        "Fri, 31 Dec 9999 00:00:00 +0000", 253402214400 },
}

tests["each form is written in each way"] = function(t)
    local date = t.fascia.date
    for _, row in ipairs(FORMS) do
        local text, day, iso, rfc3339, rfc822, seconds = table.unpack(row)
        t.equal(date.day(text), day)
        t.equal(date.iso(text), iso)
        t.equal(date.rfc3339(text), rfc3339)
        t.equal(date.rfc822(text), rfc822)
        t.equal(date.seconds(text), seconds)
    end
end

tests["a parsed date has its parts"] = function(t)
    local function parts(text)
        local d = t.fascia.date.parse(text)
        return ("%d %d %d %d %d %d %d %s"):format(d.year, d.month, d.day, d.hour, d.min, d.sec,
            d.offset, d.has_time)
    end
    t.equal(parts("2025-11-22"), "2025 11 22 0 0 0 0 false")
    t.equal(parts("2025-11-22 00:00"), "2025 11 22 0 0 0 0 true")
    t.equal(parts("2025-11-22T08:30:05.9-05:30"), "2025 11 22 8 30 5 -330 true")
end

local REFUSED = {
    ["a date is written 2025-11-22"] = { "", "22.11.2025", "2025-1-1", "20251122", "tomorrow" },
    ["there is no year 0"] = { "0000-01-01" },
    ["there is no such month"] = { "2025-13-01", "2025-00-01" },
    ["there is no such day"] = { "2025-02-29", "2025-04-31", "2025-01-00" },
    ["a time is written 08:30, 08:30:05Z or 08:30:05+01:00"] = { "2025-11-22T25:00",
        "2025-11-22T08:30+99:00", "2025-11-22 tomorrow", "2025-11-22T8:30", "2025-11-22T08:30.5" },
}

tests["what is no date is nil, and parse says why"] = function(t)
    local date = t.fascia.date
    for reason, texts in pairs(REFUSED) do
        for _, text in ipairs(texts) do
            local parsed, problem = date.parse(text)
            t.equal(parsed, nil)
            t.equal(problem, reason)
            for _, form in ipairs { "day", "iso", "rfc3339", "rfc822", "seconds", "readable" } do
                t.equal(date[form](text, "en"), nil)
            end
        end
    end
end

tests["what is no text is no date"] = function(t)
    local date = t.fascia.date
    for _, form in ipairs { "parse", "day", "iso", "rfc3339", "rfc822", "seconds" } do
        t.equal(date[form](20251122), nil)
        t.equal(date[form]({}), nil)
        t.equal(date[form](nil), nil)
    end
end

tests["a date is readable in seven languages and plain in others"] = function(t)
    local expected = {
        en = "1 March 2025", ["de-CH"] = "1. März 2025", fr = "1 mars 2025",
        es = "1 de marzo de 2025", ar = "1 مارس 2025", ur = "1 مارچ 2025",
        ["zh-Hans"] = "2025年3月1日", it = "2025-03-01",
    }
    for lang, text in pairs(expected) do
        t.equal(t.fascia.date.readable("2025-03-01", lang), text)
        t.equal(t.fascia.date.readable(" 2025-03-01 08:30 +01:00", lang), text)
    end
    t.equal(t.fascia.date.readable("2025-03-01", nil), "2025-03-01")
end

return tests
