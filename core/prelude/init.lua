-- `require "fascia"`: everything a plugin may use beside the article it is given.
--
--   fascia.csv, fascia.date, …   the modules, each loaded when it is first used
--   fascia.null                  JSON null (a nil is left out instead)
--   fascia.object("k", v, …)     a table that prints as an object in this order; nil values are
--                                left out
--   fascia.array { … }           a table that prints as an array, even when it is empty
--   fascia.is_list(v), fascia.is_record(v)   what a model value is; false for anything else
--   fascia.place(v)              path, line and column of a model value
--   fascia.warn(v, text [, code or { field =, help =, code = }])   a warning that points at a
--                                model value, or at a field of it (an item, by number); the build
--                                goes on. What checks get as `warn` is this; their code is the
--                                check's own
--   fascia.error(v, text, …)     the same as an error: it ends the rendering, whose last good output
--                                stays
--   fascia.words(text)           how many words a text has, in any script
--   fascia.fold(text)            the text as names are compared: NFC, case-folded
local core = ...

local fascia = {
    null = core.null,
    object = core.object,
    is_list = core.is_list,
    is_record = core.is_record,
    place = core.place,
    warn = core.warn,
    error = core.error,
    words = core.words,
    fold = core.fold,
}

local array = { __array = true }

function fascia.array(list)
    return setmetatable(list, array)
end

return setmetatable(fascia, {
    __index = function(self, name)
        local module = core.module(name)
        self[name] = module
        return module
    end,
})
