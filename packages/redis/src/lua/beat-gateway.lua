--[[
  Puts a gateway on the roll until its next beat is overdue. Lapsed ones stay on it for a while, so that one that has
  lapsed can be told from one that was never there. Where all had lapsed nobody could answer meanwhile, and that silence
  is noted: from the last beat of the last of them until now.

  KEYS[1] roll zset: gateway id by the instant it lapses; `silence:<from>` by its end
  ARGV[1] gateway id   ARGV[2] ms until it lapses   ARGV[3] ms that lapsed ones are kept
  Returns the instant it lapses
]]
local roll_key = KEYS[1]
local gateway_id, live_ms, kept_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

--- @include now

local now = now_ms()
local last_lapse = redis.call('ZREVRANGE', roll_key, 0, 0, 'WITHSCORES')[2]
redis.call('ZREMRANGEBYSCORE', roll_key, '-inf', now - kept_ms)
if last_lapse and tonumber(last_lapse) < now then
  redis.call('ZADD', roll_key, now, string.format('silence:%d', tonumber(last_lapse) - live_ms))
end
redis.call('ZADD', roll_key, now + live_ms, gateway_id)
return now + live_ms
