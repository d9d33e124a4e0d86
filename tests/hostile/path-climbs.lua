-- Paths that lead out of the output folder.
-- ends: bad-path
local paths = { "../x", "/etc/x", "a/../../x", ".x", "a/.fascia/x", "a\0b", "a\nb", "", ".", "a//b",
  "c:\\x", "\xff", ("x"):rep(1 << 20), ("x/"):rep(600) .. "x", "\u{202E}/\27[2J" }
turn = (turn or 0) % #paths + 1
return paths[turn]
