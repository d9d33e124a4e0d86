-- Text that is loaded under an endless name.
-- ends: plugin
load('\n\nerror "x"', '@' .. ('n'):rep(1e6))()
