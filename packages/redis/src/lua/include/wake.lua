-- Tells the party's leader to look, once: nothing is said again until it has looked, but `now` still outdoes `soon`.
local function wake(party_key, wake_channel, woken, urgency)
  if woken == 'now' or woken == urgency then
    return
  end
  redis.call('HSET', party_key, 'woken', urgency)
  redis.call('PUBLISH', wake_channel, urgency)
end
