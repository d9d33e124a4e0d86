-- JSON (RFC 8259), in order: a model value prints in the model's order, fascia.object in its own,
-- any other table with sorted keys.
--
--   json(value, indent)          a string; indent is the number of spaces, or nil for one line
--   json.script(value, indent)   the same, safe inside <script>: < > & U+2028 U+2029 as \uXXXX
--   json.null                    JSON null
--
-- Raises an error for a cycle, a function, a NaN or an infinity, and for text that is not UTF-8.
-- To write a large value, use out:json(value, indent): it makes no Lua string.
local core = ...

local json = { null = core.null }

function json.script(value, indent)
    return core.json(value, indent, true)
end

return setmetatable(json, {
    __call = function(_, value, indent) return core.json(value, indent) end,
})
