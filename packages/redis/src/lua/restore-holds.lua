--[[
  Gives the players of a party that is about to be opened again what they held. Never touches one that is open: by then
  what is held in it is the truth.

  KEYS[1] party hash   KEYS[2] names hash   KEYS[3] roster hash   KEYS[4] idempotency hash   KEYS[5] holds hash
  ARGV[1] ttl, s   ARGV[2..] user id and what the player holds, as in admit-player, in pairs
  Returns 1 restored, 0 the party is open
]]
local party_key, names_key, roster_key, idempotency_key, holds_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local ttl_s = ARGV[1]
local HOLDS = 2

if redis.call('EXISTS', party_key) == 1 then
  return 0
end
local function give(key, field, user_id)
  if field ~= '' then
    redis.call('HSET', key, field, user_id)
  end
end
for i = HOLDS, #ARGV, 2 do
  local user_id, hold = ARGV[i], ARGV[i + 1]
  local held = cjson.decode(hold)
  give(names_key, held[1], user_id)
  give(roster_key, held[2], user_id)
  give(idempotency_key, held[3], user_id)
  redis.call('HSET', holds_key, user_id, hold)
end
for _, key in ipairs({ names_key, roster_key, idempotency_key, holds_key }) do
  redis.call('EXPIRE', key, ttl_s)
end
return 1
