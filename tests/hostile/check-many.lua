-- Warnings without end.
-- ends: nothing|plugin
for i = 1, 1000000 do warn(article, "w" .. i) end
