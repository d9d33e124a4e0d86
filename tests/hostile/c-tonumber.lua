-- Numbers in every base, of a million digits.
-- ends: nothing
for base = 2, 36 do tonumber(('z'):rep(1e5), base) end
tonumber(('9'):rep(1e6)) tonumber('0x' .. ('f'):rep(1e6)) tonumber('1e' .. ('9'):rep(1e6))
