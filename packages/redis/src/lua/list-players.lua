--[[
  The first players of a party in their order of joining.

  KEYS[1] joined zset   KEYS[2] players hash
  ARGV[1] how many
  Returns players as JSON
]]
local joined_key, players_key = KEYS[1], KEYS[2]
local limit = tonumber(ARGV[1])

--- @include in-slices

local players = {}
if limit < 1 then
  return players
end
local users = redis.call('ZRANGE', joined_key, 0, limit - 1)
in_slices(1, #users, 1000, function(from, to)
  for _, player in ipairs(redis.call('HMGET', players_key, unpack(users, from, to))) do
    players[#players + 1] = player
  end
end)
return players
