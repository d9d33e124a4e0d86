-- As many conversions as a text can hold.
-- ends: nothing|plugin
for _, format in ipairs { '%99.99f', '%-99s', '%+.99e', '%#99x', '%c', '%q', '%a', '%%', '%' } do
  pcall(string.format, format:rep(250), 1e308)
  pcall(string.format, format, nil, {}, print)
end
