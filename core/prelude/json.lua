-- JSON (RFC 8259), written in C (see bind_json.c).
local core = ...

---JSON (RFC 8259), in order: a model value prints in the model's order, `fascia.object` in its own,
---any other table with sorted keys. A cycle, a function, a NaN, an infinity and text that is not
---UTF-8 are errors. `out:json` writes a large value without making a Lua string of it.
---@class fascia.json
---@field null lightuserdata JSON null.
---@overload fun(value: any, indent?: integer): string
local json = { null = core.null }

---The same, safe inside of `<script>`: `< > &` and U+2028, U+2029 as escapes.
---@param value any
---@param indent? integer Spaces; nil: one line.
---@return string
function json.script(value, indent)
    return core.json(value, indent, true)
end

return setmetatable(json, {
    __call = function(_, value, indent) return core.json(value, indent) end,
})
