-- A pattern that begins anew at every byte.
-- ends: limit-seconds
return (('a'):rep(3e6):gsub('a*b', ''))
