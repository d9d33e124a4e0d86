-- A worker that ends well is no rendering that ended well.
-- ends: nothing
assert(not os) assert(not pcall(function() os.exit(0) end))
