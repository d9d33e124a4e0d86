-- Numbers that JSON lacks.
-- ends: plugin
return require('fascia').json { 0 / 0, 1 / 0, -1 / 0 }
