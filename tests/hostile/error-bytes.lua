-- An error with every byte there is.
-- ends: plugin
local t = {} for i = 0, 255 do t[#t + 1] = string.char(i) end error(table.concat(t):rep(30))
