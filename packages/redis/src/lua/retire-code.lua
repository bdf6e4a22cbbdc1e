--[[
  Takes a room code from a party and leaves a tombstone, so that a code still written on a board leads nowhere before it
  leads somewhere else.

  KEYS[1] code string
  ARGV[1] party id   ARGV[2] quarantine, s
  Returns 1 retired, 0 it was not this party's
]]
local code_key = KEYS[1]
local party_id, quarantine_s = ARGV[1], ARGV[2]

if redis.call('GET', code_key) ~= party_id then
  return 0
end
redis.call('SET', code_key, '', 'EX', quarantine_s)
return 1
