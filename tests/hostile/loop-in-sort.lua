-- A comparator that loops.
-- ends: limit-seconds
table.sort({ 3, 1, 2 }, function() while true do end end)
