--[[
  Seats players of a party that is about to be opened, in their order. Never touches one that is open: by then the
  players in it are the truth.

  KEYS[1] party hash   KEYS[2] players hash   KEYS[3] joined zset
  ARGV[1] ttl, s   ARGV[2] how many were seated before these   ARGV[3..] user id and player as JSON, in pairs
  Returns 1 seated, 0 the party is open
]]
local party_key, players_key, joined_key = KEYS[1], KEYS[2], KEYS[3]
local ttl_s, seated = ARGV[1], tonumber(ARGV[2])
local PLAYERS = 3

if redis.call('EXISTS', party_key) == 1 then
  return 0
end
redis.call('HSET', players_key, unpack(ARGV, PLAYERS))
for i = PLAYERS, #ARGV, 2 do
  seated = seated + 1
  redis.call('ZADD', joined_key, seated, ARGV[i])
end
redis.call('EXPIRE', players_key, ttl_s)
redis.call('EXPIRE', joined_key, ttl_s)
return 1
