-- Tables in tables.
-- ends: limit-memory
local t = {} while true do t = { t, t } end
