--[[
  A party as its last commit left it, with how many have a seat at this moment.

  KEYS[1] party hash   KEYS[2] players hash
  Returns { epoch, seq, phase, round, opens_at, closes_at, view, host_view, gate, door, instant_key, how many have a seat },
  or { -1 }: no such party
]]
local party_key, players_key = KEYS[1], KEYS[2]

local party = redis.call('HMGET', party_key, 'epoch', 'seq', 'phase', 'round', 'opens_at', 'closes_at', 'view',
  'host_view', 'gate', 'door', 'instant_key')
if not party[1] then
  return { -1 }
end
party[#party + 1] = redis.call('HLEN', players_key)
return party
