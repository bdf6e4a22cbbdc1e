-- Redis keeps a hash of up to 512 short entries as a list that each look-up walks: at 400 players an answer cost 7.3 µs
-- of Redis' time, and 1.8 µs once it is a table. One value over 64 bytes makes it one for good.
local function become_table(key)
  redis.call('HSET', key, '', string.rep('.', 65))
  redis.call('HDEL', key, '')
end
