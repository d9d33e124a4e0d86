-- warn, if there were one.
-- ends: nothing
if warn then warn '@on' while true do warn 'x' end end
