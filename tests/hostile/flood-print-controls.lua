-- print that would write on the terminal.
-- ends: nothing
for _ = 1, 100 do print('\27[31m\r', '\0', '\u{202e}', '\xff\n\n[faq] forged') end
