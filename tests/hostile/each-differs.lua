-- Another list at every call.
-- ends: nothing
calls = (calls or 0) + 1
return { "one-" .. calls, { key = "two", calls } }
