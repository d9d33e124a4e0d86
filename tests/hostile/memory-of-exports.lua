-- Exports that nobody makes, each remembered as looked for.
-- load: nothing; render: plugin|limit-seconds
if not site then return end
for i = 1, math.huge do site:export_url('export' .. i) end
