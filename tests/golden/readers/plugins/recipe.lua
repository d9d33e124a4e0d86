-- Reads .recipe files: a title, "name: value" lines, "+" ingredients, numbered steps, "?" questions
-- with their answers, and paragraphs.
local function heading(recipe, name, line)
  if recipe.part ~= name then
    table.insert(recipe.body, "")
    table.insert(recipe.body, line:as("## " .. name))
    table.insert(recipe.body, "")
  end
  recipe.part = name
end

local function read_line(recipe, source, text, line, options)
  local name, value = text:match("^(%l+): (.+)$")
  local mark = text:match("^[+%d?]")
  local question = recipe.faq[#recipe.faq]
  if name == "serves" then
    if not tonumber(value) then source:error(line:part(value), "for how many is this?") end
    local many = line:part(value) .. " " .. (options.unit or "people")
    table.insert(recipe.facts, { name = "Serves", value = many })
  elseif name == "date" then
    recipe.date = line:part(value)
  elseif name then
    recipe.meta[name] = line:part(value)
  elseif mark == "?" then
    table.insert(recipe.faq, { question = line:slice(3), answer = "" })
  elseif mark == "+" then
    heading(recipe, "Ingredients", line)
    table.insert(recipe.body, "- " .. line:slice(3))
  elseif mark then
    heading(recipe, "Steps", line)
    table.insert(recipe.body, mark .. ". " .. line:slice(3))
  elseif question and text ~= "" then
    question.answer = line
  else
    table.insert(recipe.body, line)
  end
end

return {
  name = "recipe",
  summary = "Reads .recipe files",
  readers = {
    [".recipe"] = function(source, options)
      local recipe = { body = {}, facts = {}, faq = {}, meta = {} }
      for text, line in source:lines() do
        if line.number == 1 then
          recipe.title = line
        else
          read_line(recipe, source, text, line, options)
        end
      end
      recipe.part = nil
      return recipe
    end,
  },
}
