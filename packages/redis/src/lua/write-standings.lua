--[[
  Writes standings of a round, as long as the writer still leads. The same ones again change nothing.

  KEYS[1] party hash   KEYS[2] standings hash of the round
  ARGV[1] fence   ARGV[2] nonce   ARGV[3] ttl, s   ARGV[4..] user id and packed standing, in pairs
  Returns 1 written, -1 no such party, -2 fenced
]]
local party_key, standings_key = KEYS[1], KEYS[2]
local fence, nonce, ttl_s = ARGV[1], ARGV[2], ARGV[3]
local STANDINGS = 4

--- @include become-table

local held = redis.call('HMGET', party_key, 'fence', 'nonce')
if not held[1] then
  return -1
end
if held[1] ~= fence or held[2] ~= nonce then
  return -2
end
local added = redis.call('HSET', standings_key, unpack(ARGV, STANDINGS))
if redis.call('HLEN', standings_key) == added then
  become_table(standings_key)
end
redis.call('EXPIRE', standings_key, ttl_s)
return 1
