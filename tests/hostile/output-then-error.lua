-- Half of it is written when it fails.
-- load: nothing; render: plugin
if out then out:write(('half'):rep(1e5)) error 'and no more' end
