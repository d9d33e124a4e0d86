-- Nothing shows where it lies.
-- ends: nothing
local named = setmetatable({}, { __name = 'x' })
local values = { {}, print, function() end, coroutine.create(print), named, require('fascia').null,
                 article or {}, site or {}, out or {} }
local mistakes = {
  function(v) return v .. v .. {} end, function(v) return #nil + v end,
  function(v) return v < {} end, function(v) return v() end,
}
for _, value in ipairs(values) do
  assert(not tostring(value):find '0x' and not ('%s'):format(value):find '0x')
  assert(not pcall(string.format, '%p', value) and not pcall(string.format, '%-20p', value))
  for _, mistake in ipairs(mistakes) do
    local _, text = pcall(mistake, value)
    assert(not tostring(text):find '0x')
  end
end
