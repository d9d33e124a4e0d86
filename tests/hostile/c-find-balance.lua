-- Brackets that are never closed, from every place.
-- ends: limit-seconds
return ('['):rep(3e6):find('%b[]')
