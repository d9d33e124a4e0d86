-- Neither the time nor the machine can be told.
-- ends: nothing
assert(not os)
math.randomseed()
local one = math.random(1 << 50)
math.randomseed()
assert(one == math.random(1 << 50))
assert(('%s'):format(1.5) == '1.5' and ('%.1f'):format(1.5) == '1.5' and tostring(1e15) == '1e+15')
assert(('ä'):upper() == 'ä')
