-- Names of modules that are not there, each remembered.
-- ends: plugin|limit-memory|limit-seconds
for i = 1, math.huge do
  local ok, message = pcall(require, ('m'):rep(100000) .. i)
  if message:find 'too many' then error(message, 0) end
end
