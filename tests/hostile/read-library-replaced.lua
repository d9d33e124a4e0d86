-- replaces what checks its articles by what lets anything through.
-- ends: nothing|plugin|limit-seconds
local reader, piece = require "fascia.reader", require "fascia.piece"
reader.read = function() return { front = { 1, 2, "title", {} }, given = print, body = reader } end
piece.meta = setmetatable({}, { __index = function() while true do end end })
