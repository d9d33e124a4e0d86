-- Items whose tables have tables, functions and proxies as keys.
-- ends: plugin
return { { [{}] = 1, [print] = 2, [site] = 3 } }
