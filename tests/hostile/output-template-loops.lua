-- A template that loops; where there is no output, there is nothing to write it to.
-- load: plugin; render: limit-seconds
require('fascia').template('{% while true do end %}', 'x.html')(out, {})
