-- One table with a key more, and one more.
-- ends: limit-memory
local t = {} for i = 1, math.huge do t[i * 1.5] = i end
