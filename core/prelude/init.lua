-- `require "fascia"`: everything a plugin may use beside what it is given.
local core = ...

---Everything a plugin may use beside what it is given; modules are loaded when they are first used.
---@class fascia
---@field null lightuserdata JSON null (a nil is left out instead).
local fascia = { null = core.null }

---A table that prints as an object in this order; nil values are left out.
---@param ... any
---@return table
fascia.object = core.object

local array = { __array = true }

---A table that prints as an array, even when it is empty.
---@generic T
---@param list T[]
---@return T[]
function fascia.array(list)
    return setmetatable(list, array)
end

---Whether it is a list of the model; false for anything else.
---@param v any
---@return boolean
fascia.is_list = core.is_list

---Whether it is a record of the model; false for anything else.
---@param v any
---@return boolean
fascia.is_record = core.is_record

---Where a value of the model stands in its content file.
---@param v table
---@return string path
---@return integer line
---@return integer col
fascia.place = core.place

---What else a warning says.
---@class fascia.Warning
---@field field? string|integer The field, or the item, of the value that it points at.
---@field help? string One line of advice.
---@field code? string

---A warning that points at a value of the model, or at a field of it; the build goes on. What
---checks get as `warn` is this; their code is the check's own.
---@param v table?
---@param text string
---@param code? string|fascia.Warning
fascia.warn = core.warn

---The same as an error: it ends the rendering, whose last good output stays.
---@param v table?
---@param text string
---@param code? string|fascia.Warning
fascia.error = core.error

---How many words a text has, in any script.
---@param text string
---@return integer
fascia.words = core.words

---The text as names are compared: NFC, case-folded.
---@param text string
---@return string
fascia.fold = core.fold

local MODULES = { csv = true, date = true, html = true, json = true, jsonld = true, phrases = true,
    slug = true, template = true, text = true, url = true, xml = true }

-- Raises for a name that is in none of the tables, with the nearest that is.
local function refuse(where, name, ...)
    local known = {}
    for _, names in ipairs { ... } do
        for key in next, names do
            if type(key) == "string" then known[#known + 1] = key end
        end
    end
    table.sort(known)
    local near = core.nearest(tostring(name), known)
    error(("%s has no '%s'%s"):format(where, tostring(name),
        near and "; did you mean '" .. near .. "'?" or ""), 3)
end

-- A module whose unknown names are errors; some are called, and have a metatable.
local function strict(module, where)
    local meta = getmetatable(module) or {}
    meta.__index = function(self, name) refuse(where, name, self) end
    return setmetatable(module, meta)
end

return setmetatable(fascia, {
    __index = function(self, name)
        if not MODULES[name] then refuse("fascia", name, self, MODULES) end
        local module = strict(core.module(name), "fascia." .. name)
        self[name] = module
        return module
    end,
})
