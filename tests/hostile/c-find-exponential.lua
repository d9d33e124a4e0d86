-- A pattern that tries everything.
-- ends: limit-seconds
return ('b'):rep(70):find(('b*'):rep(30) .. 'c')
