-- A cycle, for the encoders.
-- ends: plugin
local t = {} t[1] = t
return require('fascia').json(t)
