-- Names for addresses and anchors.
local core = ...

---Names for addresses and anchors: lower case, letters and digits of any script kept, everything
---else one hyphen; "Q & A!" is "q-a". "" when nothing is left.
---@class fascia.slug
---@overload fun(text: string): string
local slug = {}

---A slug that is not yet in `taken`, a set that you keep; it is put in: "faq", "faq-2", "faq-3".
---A text without letters gives "item".
---@param text string
---@param taken table
---@return string
function slug.unique(text, taken)
    local stem = core.slug(text)
    if stem == "" then stem = "item" end
    local name, n = stem, 1
    -- The number last given out for a stem is kept in `taken` too, so that ten thousand equal
    -- titles do not count from 2 again each time.
    while taken[name] do
        n = math.max(n, type(taken[stem]) == "number" and taken[stem] or 1) + 1
        name, taken[stem] = stem .. "-" .. n, n
    end
    taken[name] = taken[name] or true
    return name
end

return setmetatable(slug, { __call = function(_, text) return core.slug(text) end })
