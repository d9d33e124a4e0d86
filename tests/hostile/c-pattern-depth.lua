-- More captures than a pattern may have.
-- ends: plugin
return ('x'):rep(40):find(('(x'):rep(40))
