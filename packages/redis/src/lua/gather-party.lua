--[[
  What the crowd has done since the leader last looked. Lets the party wake its leader again; what did not fit of the feed
  does so soon. The inbox is only read: items leave it with the commit that dealt with them.

  KEYS[1] party hash   KEYS[2] inbox list   KEYS[3] presence hash
  KEYS[4] answers hash, KEYS[5] tally hash, KEYS[6] feed list: of the round asked for
  ARGV[1] wake channel   ARGV[2] round, 0: none open   ARGV[3] 1: with counts
  ARGV[4] first feed entry wanted, -1: none   ARGV[5] most items of inbox and feed   ARGV[6] ttls are renewed after, ms
  Returns { inbox items, presence pairs, answers so far, tally pairs, users of the feed, their stored answers,
  1: the ttls are to be renewed now, inbox items that did not fit }, or { -1 }: no such party
]]
local party_key, inbox_key, presence_key = KEYS[1], KEYS[2], KEYS[3]
local answers_key, tally_key, feed_key = KEYS[4], KEYS[5], KEYS[6]
local wake_channel, round, with_counts = ARGV[1], ARGV[2], ARGV[3] == '1'
local feed_from, most, renew_ms = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])

--- @include now
--- @include wake

local touched = redis.call('HGET', party_key, 'touched')
if not touched then
  return { -1 }
end
redis.call('HSET', party_key, 'woken', '')
local inbox = redis.call('LRANGE', inbox_key, 0, most - 1)
local inbox_left = #inbox == most and redis.call('LLEN', inbox_key) - most or 0
local presence = redis.call('HGETALL', presence_key)

local answered, counts, users, stored = 0, {}, {}, {}
if round ~= '0' then
  answered = redis.call('HLEN', answers_key)
  if with_counts then
    counts = redis.call('HGETALL', tally_key)
  end
  if feed_from >= 0 then
    users = redis.call('LRANGE', feed_key, feed_from, feed_from + most - 1)
    if #users > 0 then
      stored = redis.call('HMGET', answers_key, unpack(users))
      if #users == most and redis.call('LLEN', feed_key) > feed_from + most then
        wake(party_key, wake_channel, '', 'soon')
      end
    end
  end
end

local now = now_ms()
local must_renew = now - tonumber(touched) >= renew_ms
if must_renew then
  redis.call('HSET', party_key, 'touched', now)
end
return { inbox, presence, answered, counts, users, stored, must_renew and 1 or 0, inbox_left }
