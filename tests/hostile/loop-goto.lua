-- A loop of goto.
-- ends: limit-seconds
::again:: goto again
