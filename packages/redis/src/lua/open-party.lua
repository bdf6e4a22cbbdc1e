--[[
  Writes a new party, once. A second opening of the same party changes nothing: its first reply was lost.

  KEYS[1] party hash   KEYS[2] quiz string
  ARGV[1] epoch   ARGV[2] ttl, s   ARGV[3] players seated beforehand   ARGV[4] quiz as JSON
  ARGV[5..] party fields and their values, in pairs
  Returns 1 opened, 0 was open already
]]
local party_key, quiz_key = KEYS[1], KEYS[2]
local epoch, ttl_s, seated, quiz = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local FIELDS = 5

--- @include now

if redis.call('EXISTS', party_key) == 1 then
  return 0
end
redis.call('HSET', party_key, unpack(ARGV, FIELDS))
redis.call('HSET', party_key, 'fence', 0, 'nonce', '', 'epoch', epoch, 'seq', 0, 'turn', '', 'woken', '',
  'joins', seated, 'touched', now_ms())
redis.call('SET', quiz_key, quiz)
redis.call('EXPIRE', party_key, ttl_s)
redis.call('EXPIRE', quiz_key, ttl_s)
return 1
