-- Dates, the same in every locale and time zone. Input is an ISO 8601 date or time as people
-- write it in front matter: 2025-11-22, 2025-11-22T08:30, 2025-11-22 08:30:05 +01:00, …Z.
-- A time without a zone is UTC.
--
--   date.parse(text)            { year, month, day, hour, min, sec, offset (minutes), has_time },
--                               or nil and what is wrong
--   date.day(text)              "2025-11-22"
--   date.iso(text)              the day, or day and time as in RFC 3339 when there is a time
--   date.rfc3339(text)          "2025-11-22T08:30:05+01:00" (JSON Feed, Atom); a day begins at 0:00
--   date.rfc822(text)           "Sat, 22 Nov 2025 08:30:05 +0100" (RSS; the year has 4 digits)
--   date.seconds(text)          since 1970-01-01 UTC, for comparing
--   date.readable(text, lang)   as the language writes it: en de fr es ar ur zh, else 2025-11-22
--
-- All but parse return nil for what is no date.
local core = ...
local phrases = core.module("phrases")

local date = {}

local DAYS = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" }
local MONTHS = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                 "Dec" }

function date.parse(text)
    local year, month, day, hour, min, sec, offset, has_time = core.moment(text)
    if not year then return nil, month end
    return { year = year, month = month, day = day, hour = hour, min = min, sec = sec,
             offset = offset, has_time = has_time }
end

local function zone(offset, separator)
    local sign = offset < 0 and "-" or "+"
    offset = math.abs(offset)
    return ("%s%02d%s%02d"):format(sign, offset // 60, separator, offset % 60)
end

function date.day(text)
    return core.moment(text) and text:match("^%s*(..........)")
end

function date.rfc3339(text)
    local year, month, day, hour, min, sec, offset = core.moment(text)
    return year and ("%04d-%02d-%02dT%02d:%02d:%02d%s"):format(year, month, day, hour, min, sec,
        offset == 0 and "Z" or zone(offset, ":"))
end

function date.iso(text)
    local _, _, _, _, _, _, _, has_time = core.moment(text)
    return has_time and date.rfc3339(text) or date.day(text)
end

-- 1970-01-01 was a Thursday.
local function weekday(seconds, offset)
    return DAYS[((seconds + offset * 60) // 86400 + 4) % 7 + 1]
end

function date.rfc822(text)
    local year, month, day, hour, min, sec, offset, _, seconds = core.moment(text)
    return year and ("%s, %02d %s %04d %02d:%02d:%02d %s"):format(weekday(seconds, offset), day,
        MONTHS[month], year, hour, min, sec, zone(offset, ""))
end

function date.seconds(text)
    return (select(9, core.moment(text)))
end

function date.readable(text, lang)
    local d = date.parse(text)
    local names = phrases.known(lang)
    if not d or not names then return d and date.day(text) end
    return names.date(d)
end

return date
