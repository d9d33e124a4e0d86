-- Text that is loaded under another file's name.
-- ends: plugin
load('error "not mine"', '@plugins/faq.lua')()
