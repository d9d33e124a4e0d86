-- An error that would write on the terminal.
-- ends: plugin
error('\27[2J\27]0;title\7\r\nplugins/faq.lua:1:1: error: forged [x]\0\u{2028}\u{202e}\u{9b}31m')
