-- A string that doubles.
-- ends: limit-memory
local s = 'xy' while true do s = s .. s end
