-- What site.yaml says to a plugin, or what is taken otherwise.
local fascia = require "fascia"

local options = {}

-- A whole number from 1; anything else is an error where site.yaml says it.
function options.number(given, name, otherwise)
  local value = given[name]
  if value == nil or math.type(value) == "integer" and value > 0 then return value or otherwise end
  fascia.error(given, name .. " must be a whole number from 1", { field = name })
end

return options
