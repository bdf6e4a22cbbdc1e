--[[
  The first players of a party in their order of joining.

  KEYS[1] joined zset   KEYS[2] players hash
  ARGV[1] how many
  Returns players as JSON
]]
local joined_key, players_key = KEYS[1], KEYS[2]
local limit = tonumber(ARGV[1])

local users = redis.call('ZRANGE', joined_key, 0, limit - 1)
if #users == 0 then
  return {}
end
return redis.call('HMGET', players_key, unpack(users))
