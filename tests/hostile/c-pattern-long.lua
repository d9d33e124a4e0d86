-- Matching that goes deep instead of wide.
-- ends: plugin
return ('x'):rep(250000):find(('.-'):rep(250000) .. 'y')
