--[[
  Raises the fence and returns the state in one step, so that nothing can be committed between the two.

  KEYS[1] party hash   KEYS[2] quiz string
  ARGV[1] nonce
  Returns { fence, epoch, seq, party as JSON, quiz as JSON }, or { -1 }: no such party
]]
local party_key, quiz_key = KEYS[1], KEYS[2]
local nonce = ARGV[1]

local held = redis.call('HMGET', party_key, 'epoch', 'seq', 'doc')
local quiz = redis.call('GET', quiz_key)
if not held[1] or not quiz then
  return { -1 }
end
local fence = redis.call('HINCRBY', party_key, 'fence', 1)
redis.call('HSET', party_key, 'nonce', nonce, 'woken', '')
return { fence, held[1], held[2], held[3], quiz }
