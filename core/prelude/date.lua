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
local LENGTHS = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 }

local function is_leap(year)
    return year % 4 == 0 and (year % 100 ~= 0 or year % 400 == 0)
end

local function month_length(year, month)
    return month == 2 and is_leap(year) and 29 or LENGTHS[month]
end

local function parse_zone(text)
    if text == "" or text == "Z" or text == "z" then return 0 end
    local sign, hours, minutes = text:match("^([+-])(%d%d):?(%d%d)$")
    hours, minutes = tonumber(hours), tonumber(minutes)
    if not sign or hours > 23 or minutes > 59 then return nil end
    return (sign == "-" and -1 or 1) * (hours * 60 + minutes)
end

local function parse_time(rest)
    local hour, min, behind = rest:match("^[Tt ]+(%d%d):(%d%d)(.*)$")
    if not hour then return nil end
    local sec, zone = behind:match("^:(%d%d)%.?%d*%s*(.*)$")
    hour, min, sec = tonumber(hour), tonumber(min), tonumber(sec or 0)
    local offset = parse_zone(zone or behind:match("^%s*(.*)$"))
    if hour > 23 or min > 59 or sec > 60 or not offset then return nil end
    return hour, min, sec, offset
end

function date.parse(text)
    local year, month, day, rest = tostring(text):match("^%s*(%d%d%d%d)-(%d%d)-(%d%d)(.-)%s*$")
    if not year then return nil, "a date is written 2025-11-22" end
    year, month, day = tonumber(year), tonumber(month), tonumber(day)
    if month < 1 or month > 12 then return nil, "there is no month " .. month end
    if day < 1 or day > month_length(year, month) then return nil, "there is no such day" end
    if rest == "" then
        return { year = year, month = month, day = day, hour = 0, min = 0, sec = 0, offset = 0,
                 has_time = false }
    end
    local hour, min, sec, offset = parse_time(rest)
    if not hour then return nil, "a time is written 08:30, 08:30:05Z or 08:30:05+01:00" end
    return { year = year, month = month, day = day, hour = hour, min = min, sec = sec,
             offset = offset, has_time = true }
end

local function zone(offset, separator)
    local sign = offset < 0 and "-" or "+"
    offset = math.abs(offset)
    return ("%s%02d%s%02d"):format(sign, offset // 60, separator, offset % 60)
end

-- 0 is Sunday. Source: Sakamoto's method for the Gregorian calendar.
local SHIFTS = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 }
local function weekday(year, month, day)
    if month < 3 then year = year - 1 end
    return (year + year // 4 - year // 100 + year // 400 + SHIFTS[month] + day) % 7
end

function date.day(text)
    local d = date.parse(text)
    return d and ("%04d-%02d-%02d"):format(d.year, d.month, d.day)
end

function date.rfc3339(text)
    local d = date.parse(text)
    return d and ("%04d-%02d-%02dT%02d:%02d:%02d%s"):format(d.year, d.month, d.day, d.hour, d.min,
        d.sec, d.offset == 0 and "Z" or zone(d.offset, ":"))
end

function date.iso(text)
    local d = date.parse(text)
    return d and (d.has_time and date.rfc3339 or date.day)(text)
end

function date.rfc822(text)
    local d = date.parse(text)
    return d and ("%s, %02d %s %04d %02d:%02d:%02d %s"):format(
        DAYS[weekday(d.year, d.month, d.day) + 1], d.day, MONTHS[d.month], d.year, d.hour, d.min,
        d.sec, zone(d.offset, ""))
end

-- Days from 1970-01-01. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
local function days(year, month, day)
    if month < 3 then year = year - 1 end
    local era, of_era = year // 400, year % 400
    local of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

function date.seconds(text)
    local d = date.parse(text)
    if not d then return nil end
    local minutes = (days(d.year, d.month, d.day) * 24 + d.hour) * 60 + d.min - d.offset
    return minutes * 60 + d.sec
end

function date.readable(text, lang)
    local d = date.parse(text)
    local names = phrases.known(lang)
    if not d or not names then return d and date.day(text) end
    return names.date(d)
end

return date
