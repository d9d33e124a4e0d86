-- Half of it is written when it loops.
-- load: nothing; render: limit-seconds
if out then out:write(('half'):rep(1e5)) while true do end end
