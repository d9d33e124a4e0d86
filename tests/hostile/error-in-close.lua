-- An error while another is on its way.
-- ends: plugin
local x <close> = setmetatable({}, { __close = function() error 'second' end })
error 'first'
