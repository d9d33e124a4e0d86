-- Warnings without end.
-- ends: plugin|limit-memory|limit-seconds
local fascia = require 'fascia'
while true do fascia.warn(nil, ('w'):rep(1000)) end
