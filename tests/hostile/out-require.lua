-- Modules of every strange name.
-- ends: nothing
local names = {
  'os', 'io', 'debug', 'package', '..', '../x', '../../etc/passwd', '/etc/passwd', 'a/b', 'a\0b',
  'fascia.\0', 'fascia.../init', 'fascia.', '.', '', 'x.', '.x', 'x..y', 'hostile.', 'con',
  ('x'):rep(1e7), ('x.'):rep(1e5) .. 'x', '\xff\xfe', 'file:///etc/passwd', 'hostile\n',
  '%s%s%n', 'article/../hostile',
}
for _, name in ipairs(names) do assert(not pcall(require, name)) end
assert(not pcall(require) and not pcall(require, {}) and not pcall(require, 0 / 0))
