local terms = {}

function terms.line(name, meaning, width)
  return name .. (" "):rep(width - #name) .. meaning
end

return terms
