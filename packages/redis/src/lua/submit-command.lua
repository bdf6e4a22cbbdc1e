--[[
  Queues a host's command for the leader. Sent again it is queued again: the leader knows a command by its id.

  KEYS[1] party hash   KEYS[2] inbox list
  ARGV[1] wake channel   ARGV[2] ttl, s   ARGV[3] inbox item as JSON   ARGV[4] most items the inbox may hold
  Returns 1 queued, -1 no such party, -9 inbox full
]]
local party_key, inbox_key = KEYS[1], KEYS[2]
local wake_channel, ttl_s, item, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])

--- @include wake

local woken = redis.call('HGET', party_key, 'woken')
if not woken then
  return -1
end
if redis.call('LLEN', inbox_key) >= most then
  return -9
end
if redis.call('RPUSH', inbox_key, item) == 1 then
  redis.call('EXPIRE', inbox_key, ttl_s)
end
wake(party_key, wake_channel, woken, 'now')
return 1
