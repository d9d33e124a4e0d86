-- An error without a frame to blame.
-- ends: plugin
return error('plugins/faq.lua:7: not mine', 0)
