--[[
  Gives a room code to a party, unless another one has it or it is in quarantine.

  KEYS[1] code string
  ARGV[1] party id   ARGV[2] ttl, s
  Returns 1 reserved (or it was this party's already), 0 taken
]]
local code_key = KEYS[1]
local party_id, ttl_s = ARGV[1], ARGV[2]

local holder = redis.call('GET', code_key)
if holder and holder ~= party_id then
  return 0
end
redis.call('SET', code_key, party_id, 'EX', ttl_s)
return 1
