-- Sources whose lines and jumps are beyond what their fields hold.
-- ends: nothing
load(('\n'):rep(3e6) .. 'error()')
load('while x do ' .. ('a = b '):rep(140000) .. ' end')
load('goto l ' .. ('local a '):rep(150) .. ' ::l::')
