-- The same with the shortest first.
-- ends: limit-seconds
return ('b'):rep(400):match(('.-'):rep(40) .. 'c')
