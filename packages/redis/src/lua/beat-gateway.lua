--[[
  Puts a gateway on the roll until its next beat is overdue, or takes it off at once. Lapsed ones stay on it for a
  while, so that one that has lapsed can be told from one that was never there.

  KEYS[1] roll zset: gateway id by the instant it lapses
  ARGV[1] gateway id   ARGV[2] ms until it lapses, 0: now   ARGV[3] ms that lapsed ones are kept
  Returns the instant it lapses
]]
local roll_key = KEYS[1]
local gateway_id, live_ms, kept_ms = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

--- @include now

local now = now_ms()
redis.call('ZREMRANGEBYSCORE', roll_key, '-inf', now - kept_ms)
redis.call('ZADD', roll_key, now + live_ms, gateway_id)
return now + live_ms
