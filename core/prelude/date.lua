-- Dates, the same in every locale and time zone (see moment.h). 1970-01-01 was a Thursday.
local core = ...
local phrases = core.module("phrases")

---What a date says.
---@class fascia.date.Parts
---@field year integer
---@field month integer
---@field day integer
---@field hour integer
---@field min integer
---@field sec integer
---@field offset integer Minutes east of UTC.
---@field has_time boolean Whether the text says a time.

---Dates, the same in every locale and time zone. Each function takes an ISO 8601 date or time as
---people write it in front matter: `2025-11-22`, `2025-11-22T08:30`, `2025-11-22 08:30:05 +01:00`;
---a time without a zone is UTC. What is no date gives nil.
---@class fascia.date
local date = {}

local DAYS = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" }
local MONTHS = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                 "Dec" }

---The parts of a date, or nil and what is wrong.
---@param text string?
---@return fascia.date.Parts? parts
---@return string? problem
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

---The day alone: `2025-11-22`.
---@param text string?
---@return string?
function date.day(text)
    return core.moment(text) and text:match("^%s*(..........)")
end

---`2025-11-22T08:30:05+01:00`, for Atom and JSON Feed; a day begins at 0:00.
---@param text string?
---@return string?
function date.rfc3339(text)
    local year, month, day, hour, min, sec, offset = core.moment(text)
    return year and ("%04d-%02d-%02dT%02d:%02d:%02d%s"):format(year, month, day, hour, min, sec,
        offset == 0 and "Z" or zone(offset, ":"))
end

---The day, or day and time as in RFC 3339 when there is a time.
---@param text string?
---@return string?
function date.iso(text)
    local _, _, _, _, _, _, _, has_time = core.moment(text)
    return has_time and date.rfc3339(text) or date.day(text)
end

local function weekday(seconds, offset)
    return DAYS[((seconds + offset * 60) // 86400 + 4) % 7 + 1]
end

---`Sat, 22 Nov 2025 08:30:05 +0100`, for RSS.
---@param text string?
---@return string?
function date.rfc822(text)
    local year, month, day, hour, min, sec, offset, _, seconds = core.moment(text)
    return year and ("%s, %02d %s %04d %02d:%02d:%02d %s"):format(weekday(seconds, offset), day,
        MONTHS[month], year, hour, min, sec, zone(offset, ""))
end

---Seconds since 1970-01-01 UTC, for comparing.
---@param text string?
---@return integer?
function date.seconds(text)
    return (select(9, core.moment(text)))
end

---As the language writes it (en de fr es ar ur zh), else `2025-11-22`.
---@param text string?
---@param lang string?
---@return string?
function date.readable(text, lang)
    local d = date.parse(text)
    local names = phrases.known(lang)
    if not d or not names then return d and date.day(text) end
    return names.date(d)
end

return date
