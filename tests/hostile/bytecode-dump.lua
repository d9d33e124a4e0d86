-- Nothing gives bytecode away.
-- ends: nothing
assert(string.dump == nil and ('').dump == nil)
