-- The libraries that reach the world.
-- ends: nothing
for _, name in ipairs { 'io', 'os', 'debug', 'package', 'dofile', 'loadfile', 'collectgarbage',
                        'warn', 'module', 'jit', 'ffi', 'bit32', 'arg', 'core' } do
  assert(_G[name] == nil and _ENV[name] == nil, name)
end
