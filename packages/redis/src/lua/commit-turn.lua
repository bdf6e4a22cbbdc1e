--[[
  One turn of a party: checks the writer's authority, writes, and speaks, all or nothing. The same turn sent again (its
  reply was lost) changes nothing and is reported as committed.

  KEYS[1] party hash   KEYS[2] players hash   KEYS[3] joined zset   KEYS[4] names hash   KEYS[5] roster hash
  KEYS[6] bans set   KEYS[7] idempotency hash   KEYS[8] holds hash   KEYS[9] inbox list
  KEYS[10..] keys of rounds to forget
  ARGV[1] fence   ARGV[2] nonce   ARGV[3] epoch   ARGV[4] seq decided on   ARGV[5] seq afterwards   ARGV[6] turn id
  ARGV[7] inbox items taken   ARGV[8] ttl, s   ARGV[9] channel
  ARGV[10..] five lists, each with its length before it: party fields and values; user ids and players as JSON;
             users to remove; users to ban; messages to publish
  Returns the seq afterwards, or -1: no such party, -2: fenced
]]
local party_key, players_key, joined_key, names_key, roster_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local bans_key, idempotency_key, holds_key, inbox_key = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local FORGET = 10
local fence, nonce, epoch, seq, seq_after, turn = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local taken, ttl_s, channel = tonumber(ARGV[7]), ARGV[8], ARGV[9]

--- @include in-slices

local list_at = 10
local function next_list()
  local first = list_at + 1
  list_at = first + tonumber(ARGV[list_at])
  return first, list_at - 1
end

local held = redis.call('HMGET', party_key, 'fence', 'nonce', 'epoch', 'seq', 'turn', 'joins')
if not held[1] then
  return -1
end
if held[1] ~= fence or held[2] ~= nonce or held[3] ~= epoch then
  return -2
end
if held[5] == turn then
  return tonumber(held[4])
end
if held[4] ~= seq then
  return -2
end

local first, last = next_list()
redis.call('HSET', party_key, 'seq', seq_after, 'turn', turn, unpack(ARGV, first, last))

first, last = next_list()
if first <= last then
  local joins = tonumber(held[6])
  in_slices(first, last, 1000, function(from, to)
    redis.call('HSET', players_key, unpack(ARGV, from, to))
  end)
  for i = first, last, 2 do
    joins = joins + redis.call('ZADD', joined_key, 'NX', joins + 1, ARGV[i])
  end
  redis.call('HSET', party_key, 'joins', joins)
end

local function give_back(key, field, user_id)
  if field and field ~= '' and redis.call('HGET', key, field) == user_id then
    redis.call('HDEL', key, field)
  end
end
local function remove(user_id, is_banned)
  local hold = redis.call('HGET', holds_key, user_id)
  local held_by = hold and cjson.decode(hold) or { '', '', '', {} }
  if is_banned then
    redis.call('SADD', bans_key, user_id, unpack(held_by[4]))
    redis.call('EXPIRE', bans_key, ttl_s)
  end
  give_back(names_key, held_by[1], user_id)
  give_back(roster_key, held_by[2], user_id)
  give_back(idempotency_key, held_by[3], user_id)
  redis.call('HDEL', players_key, user_id)
  redis.call('ZREM', joined_key, user_id)
  redis.call('HDEL', holds_key, user_id)
end
first, last = next_list()
for i = first, last do
  remove(ARGV[i], false)
end
first, last = next_list()
for i = first, last do
  remove(ARGV[i], true)
end

if taken > 0 then
  redis.call('LTRIM', inbox_key, taken, -1)
end
if #KEYS >= FORGET then
  in_slices(FORGET, #KEYS, 1000, function(from, to)
    redis.call('UNLINK', unpack(KEYS, from, to))
  end)
end

first, last = next_list()
for i = first, last do
  redis.call('PUBLISH', channel, ARGV[i])
end
return tonumber(seq_after)
