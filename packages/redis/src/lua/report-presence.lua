--[[
  Notes what one gateway sees of a party and when it said so. Only news wakes the leader: a heartbeat does not.

  KEYS[1] party hash   KEYS[2] presence hash
  ARGV[1] wake channel   ARGV[2] ttl, s   ARGV[3] gateway id   ARGV[4] presence as JSON, '' where nobody is there
  ARGV[5] now or soon
  Returns 1 noted, -1 no such party
]]
local party_key, presence_key = KEYS[1], KEYS[2]
local wake_channel, ttl_s, gateway_id, presence, urgency = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]

--- @include now
--- @include wake

local woken = redis.call('HGET', party_key, 'woken')
if not woken then
  return -1
end
local before = redis.call('HGET', presence_key, gateway_id) or ' '
if presence == '' then
  redis.call('HDEL', presence_key, gateway_id)
else
  redis.call('HSET', presence_key, gateway_id, now_ms() .. ' ' .. presence)
  if redis.call('HLEN', presence_key) == 1 then
    redis.call('EXPIRE', presence_key, ttl_s)
  end
end
if before:match(' (.*)$') ~= presence then
  wake(party_key, wake_channel, woken, urgency)
end
return 1
