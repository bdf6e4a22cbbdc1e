--[[
  Accepts answers to one round: the window by this Redis' own clock, first write wins, one tally increment per choice.
  The hot path: whatever the size of the batch, one read and one write of the answers and one increment per distinct
  choice. An answer that came too early by a leader's clock counts as given at once: its question has been shown.

  KEYS[1] party hash   KEYS[2] answers hash   KEYS[3] tally hash   KEYS[4] feed list: of the round answered
  ARGV[1] wake channel   ARGV[2] round   ARGV[3] grace after the deadline, ms   ARGV[4] ttl, s
  ARGV[5] tally sets, as JSON: { [how many of the answers add to it, the choices it adds one to], … } in the answers' order
  ARGV[6] who has extra time, as JSON: { user id: ms }, '' where nobody has
  ARGV[7] how many answers at the end may be second ones: of a user who stands before them. Those behind the tally sets
          nobody judged the form of: they are looked up and never accepted
  ARGV[8..] the user id of each answer, then message id and choice of each, as JSON
  Returns { elapsed ms, then for each answer not accepted: its place from 1, and 'late', 'wrong_round', 'unjudged', 'paused'
  or the stored answer }, or { -1 }: no such party
]]
local party_key, answers_key, tally_key, feed_key = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local wake_channel, round, grace_ms, ttl_s = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4]
local tally_sets, extra_times, seconds = cjson.decode(ARGV[5]), ARGV[6], tonumber(ARGV[7])
local USERS = 8
local count = (#ARGV - USERS + 1) / 2
local CHOICES = USERS + count

--- @include become-table
--- @include now
--- @include wake

local party = redis.call('HMGET', party_key, 'phase', 'round', 'opens_at', 'closes_at', 'instant', 'woken', 'holds_question')
local phase = party[1]
if not phase then
  return { -1 }
end
local opens_at, closes_at, is_instant, woken = tonumber(party[3]), tonumber(party[4]), party[5] == '1', party[6]
local now = now_ms()
local elapsed = math.max(0, now - opens_at)
local stamp = string.format('%d', elapsed)

local refusal = false
if party[2] ~= round or phase == 'lobby' then
  refusal = 'wrong_round'
elseif phase == 'paused' and party[7] == '1' then
  refusal = 'paused'
elseif phase ~= 'question' then
  refusal = 'late'
end
local overtime = now - closes_at - grace_ms
local extra_ms = {}
if not refusal and overtime > 0 and extra_times ~= '' then
  extra_ms = cjson.decode(extra_times)
end

local stored = redis.call('HMGET', answers_key, unpack(ARGV, USERS, CHOICES - 1))

-- Tables that only second answers or the feed need are left out: 4.4 µs of Redis an answer instead of 5.0, in batches of 200.
local reply, written, feed, hits = { elapsed }, {}, {}, {}
local first_of, accepted, place = {}, 0, 0
local function refuse(verdict)
  reply[#reply + 1] = place
  reply[#reply + 1] = verdict
end
for set = 1, #tally_sets do
  local before = accepted
  for _ = 1, tally_sets[set][1] do
    place = place + 1
    local user_id = ARGV[USERS + place - 1]
    local verdict = stored[place] or first_of[user_id] or refusal
    if not verdict and overtime > 0 and overtime > (extra_ms[user_id] or 0) then
      verdict = 'late'
    end
    if verdict then
      refuse(verdict)
    else
      local answer = stamp .. ARGV[CHOICES + place - 1]
      accepted = accepted + 1
      written[2 * accepted - 1] = user_id
      written[2 * accepted] = answer
      if seconds > 0 then
        first_of[user_id] = answer
      end
      if is_instant then
        feed[accepted] = user_id
      end
    end
  end
  hits[set] = accepted - before
end
while place < count do
  place = place + 1
  refuse(stored[place] or first_of[ARGV[USERS + place - 1]] or refusal or 'unjudged')
end
if accepted == 0 then
  return reply
end

redis.call('HSET', answers_key, unpack(written))
local increments = {}
for set, times in ipairs(hits) do
  for _, key in ipairs(tally_sets[set][2]) do
    increments[key] = (increments[key] or 0) + times
  end
end
for key, times in pairs(increments) do
  if times > 0 then
    redis.call('HINCRBY', tally_key, key, times)
  end
end
if is_instant then
  redis.call('RPUSH', feed_key, unpack(feed))
end
if redis.call('HLEN', answers_key) == accepted then
  become_table(answers_key)
  redis.call('EXPIRE', answers_key, ttl_s)
  redis.call('EXPIRE', tally_key, ttl_s)
  redis.call('EXPIRE', feed_key, ttl_s)
end
wake(party_key, wake_channel, woken, 'soon')
return reply
