-- The collector's own controls.
-- ends: nothing
if collectgarbage then while true do collectgarbage 'step' end end
