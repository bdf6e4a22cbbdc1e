--[[
  Removes a party whose results are safe elsewhere. Large keys are freed in the background.

  KEYS[1] party hash   KEYS[2..] every other key of the party
  ARGV[1] fence   ARGV[2] nonce
  Returns 1 removed, -1 no such party, -2 fenced
]]
local party_key = KEYS[1]
local fence, nonce = ARGV[1], ARGV[2]

--- @include in-slices

local held = redis.call('HMGET', party_key, 'fence', 'nonce')
if not held[1] then
  return -1
end
if held[1] ~= fence or held[2] ~= nonce then
  return -2
end
in_slices(1, #KEYS, 1000, function(from, to)
  redis.call('UNLINK', unpack(KEYS, from, to))
end)
return 1
