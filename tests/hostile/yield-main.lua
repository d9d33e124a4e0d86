-- A yield where nobody resumes.
-- ends: plugin
coroutine.yield()
