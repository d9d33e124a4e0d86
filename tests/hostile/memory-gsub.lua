-- gsub builds what is larger than memory.
-- ends: limit-memory
return (('x'):rep(1e6):gsub('x', ('y'):rep(1e6)))
