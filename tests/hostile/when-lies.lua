-- Whether there is anything to make changes from call to call.
-- ends: nothing
asked = not asked
return setmetatable({}, { __eq = error, __len = error, __call = error }), asked
