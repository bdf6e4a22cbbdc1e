--[[
  Writes standings of a party that is about to be opened again from a checkpoint. Never touches one that is open: by then
  its own standings are the truth.

  KEYS[1] party hash   KEYS[2] standings hash of the round
  ARGV[1] ttl, s   ARGV[2..] user id and packed standing, in pairs
  Returns 1 written, 0 the party is open
]]
local party_key, standings_key = KEYS[1], KEYS[2]
local ttl_s = ARGV[1]
local STANDINGS = 2

--- @include become-table

if redis.call('EXISTS', party_key) == 1 then
  return 0
end
local added = redis.call('HSET', standings_key, unpack(ARGV, STANDINGS))
if redis.call('HLEN', standings_key) == added then
  become_table(standings_key)
end
redis.call('EXPIRE', standings_key, ttl_s)
return 1
