-- Checks of headings, images and evidence.

local checks = {}

local function check_levels(sections, level, warn)
  local told = false
  for _, section in ipairs(sections) do
    local own = section.level
    if own > level + 1 and not told then
      told = true -- those beside it would say the same
      warn(section, ("a heading of level %d stands below one of level %d"):format(own, level),
        { help = ('write "%s …"'):format(("#"):rep(level + 1)) })
    end
    check_levels(section.sections, own, warn)
  end
end

checks["skipped-heading"] = {
  summary = "a heading that skips a level",
  explain = [[
People who cannot see a page go from heading to heading, and take one of level 4 below one of
level 2 for a sign that something in between was left out. The title of an article has level 1,
so the headings below it begin with two signs:

    ## Green tea
    ### How to brew it      not ####]],
  run = function(article, warn) check_levels(article.sections, 1, warn) end,
}

checks["image-no-alt"] = {
  summary = "an image without alternative text",
  explain = [[
The text between the brackets is what people hear who cannot see the image, and what is shown
when it does not load. Say what the image says, not that it is one:

    ![A cup of green tea, steam above it](cup.jpg)]],
  run = function(article, warn)
    for _, image in ipairs(article.images) do
      if not image.alt:find("%S") then
        warn(image, "this image has no alternative text", { help = "write ![what it shows](…)" })
      end
    end
  end,
}

checks["evidence-no-year"] = {
  summary = "a study that is cited without its year",
  explain = [[
In a section of evidence or references a sentence speaks of a study and of where it appeared,
but not of when. Readers cannot find it, nor tell whether it is still of use:

    A study in the Journal of Tea found calm.
    A 2019 study in the Journal of Tea found calm.]],
  run = function(article, warn)
    for _, study in ipairs(article.evidence) do
      if not study.year then warn(study, "this study is cited without its year") end
    end
  end,
}

return checks
