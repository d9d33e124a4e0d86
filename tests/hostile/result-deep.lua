-- A result as deep as memory allows, for the encoders.
-- ends: plugin|limit-memory
local t = {} for _ = 1, 1e5 do t = { t } end
return require('fascia').json(t)
