-- The library's own memory: texts that are kept in C.
-- ends: limit-memory|limit-seconds
local fascia = require 'fascia'
local text = ('Ä'):rep(1 << 18)
while true do fascia.fold(text) end
