-- Widths that string.format refuses.
-- ends: plugin
return ('%5000d'):format(1)
