-- gmatch with an anchor of its own.
-- ends: limit-seconds
for _ in ('c'):rep(3e5):gmatch('.-.-.-d') do end
