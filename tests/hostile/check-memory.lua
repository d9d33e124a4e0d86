-- A check that keeps all that it was given.
-- ends: limit-memory|plugin
kept = kept or {}
for i = 1, 1 << 30 do kept[i] = ("k"):rep(1 << 20) .. i end
