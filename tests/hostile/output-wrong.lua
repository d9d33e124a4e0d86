-- What is written is no text.
-- load: nothing; render: plugin
return out and out:write({}, nil, print)
