--[[
  Lets one player in, or says why not: phase, lock, capacity, ban, taken id, taken name and roster line in one step, so
  that no two gateways can disagree. Teams fill in turn, by the count of admissions.

  KEYS[1] party hash   KEYS[2] players hash   KEYS[3] joined zset   KEYS[4] names hash   KEYS[5] roster hash
  KEYS[6] bans set   KEYS[7] idempotency hash   KEYS[8] holds hash   KEYS[9] inbox list
  ARGV[1] wake channel   ARGV[2] ttl, s   ARGV[3] user id
  ARGV[4] name key   ARGV[5] roster key   ARGV[6] idempotency key: '' where there is none
  ARGV[7] what the player holds, as JSON: name key, roster key, idempotency key, list of identity keys
  ARGV[8] how many forms of the player follow   ARGV[9..] the player as JSON, once for each team that fills in turn, or
  just once; behind them the identity keys
  Returns { 1, player as JSON, players in all } admitted; { 0, player as JSON, 1: by the same idempotency key } was in
  already; or { -1 } no such party, { -3 } banned, { -4 } too late, { -5 } locked, { -6 } full, { -7 } roster line taken,
  { -8 } name taken
]]
local party_key, players_key, joined_key, names_key, roster_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local bans_key, idempotency_key, holds_key, inbox_key = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local wake_channel, ttl_s, user_id = ARGV[1], ARGV[2], ARGV[3]
local name, roster_line, request, hold, forms = ARGV[4], ARGV[5], ARGV[6], ARGV[7], tonumber(ARGV[8])
local FORMS = 9
local IDENTITIES = FORMS + forms

--- @include wake

local party = redis.call('HMGET', party_key, 'phase', 'locked', 'max_players', 'late_join', 'woken')
local phase, is_locked, max_players, may_join_late, woken = party[1], party[2] == '1', party[3], party[4] == '1', party[5]
if not phase then
  return { -1 }
end

if request ~= '' then
  local admitted = redis.call('HGET', idempotency_key, request)
  local known = admitted and redis.call('HGET', players_key, admitted)
  if known then
    return { 0, known, 1 }
  end
end
local known = redis.call('HGET', players_key, user_id)
if known then
  return { 0, known, 0 }
end

for i = IDENTITIES, #ARGV do
  if redis.call('SISMEMBER', bans_key, ARGV[i]) == 1 then
    return { -3 }
  end
end
if redis.call('SISMEMBER', bans_key, user_id) == 1 then
  return { -3 }
end
if phase == 'finished' or (phase ~= 'lobby' and not may_join_late) then
  return { -4 }
end
if is_locked then
  return { -5 }
end
if redis.call('HLEN', players_key) >= tonumber(max_players) then
  return { -6 }
end
if roster_line ~= '' and redis.call('HEXISTS', roster_key, roster_line) == 1 then
  return { -7 }
end
if name ~= '' and redis.call('HEXISTS', names_key, name) == 1 then
  return { -8 }
end

local joins = redis.call('HINCRBY', party_key, 'joins', 1)
local player = ARGV[FORMS + (joins - 1) % forms]
redis.call('HSET', players_key, user_id, player)
redis.call('HSET', holds_key, user_id, hold)
redis.call('ZADD', joined_key, joins, user_id)
if name ~= '' then
  redis.call('HSET', names_key, name, user_id)
end
if roster_line ~= '' then
  redis.call('HSET', roster_key, roster_line, user_id)
end
if request ~= '' then
  redis.call('HSET', idempotency_key, request, user_id)
end
redis.call('RPUSH', inbox_key, '{"type":"joined","player":' .. player .. '}')
if redis.call('TTL', holds_key) < 0 then
  for _, key in ipairs({ players_key, joined_key, names_key, roster_key, idempotency_key, holds_key, inbox_key }) do
    redis.call('EXPIRE', key, ttl_s)
  end
end
wake(party_key, wake_channel, woken, 'soon')
return { 1, player, redis.call('HLEN', players_key) }
