-- A key as a string, as a number, and as what another item's key becomes.
-- ends: plugin
return { 1, 1.0, "1", { key = 1 } }
