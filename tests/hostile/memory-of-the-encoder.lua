-- Encodings that fail when they are long already.
-- ends: limit-memory|limit-seconds|plugin
local fascia = require 'fascia'
local text, list = ('<'):rep(1 << 18), {}
for i = 1, 200 do list[i] = text end
list[201] = print
while true do pcall(fascia.json, list) end
