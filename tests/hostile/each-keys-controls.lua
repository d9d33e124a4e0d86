-- Keys that would drive a terminal, when messages name them.
-- ends: plugin
return { "\27[2J\27]0;fail\7", "\u{202E}fail\u{2028}", "fail\r\n\0", { key = "\u{9B}31mfail" } }
