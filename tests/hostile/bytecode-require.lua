-- Bytecode under the name of a module.
-- ends: nothing
for _, name in ipairs { '\27Lua', 'x\27Lua' } do assert(not pcall(require, name)) end
