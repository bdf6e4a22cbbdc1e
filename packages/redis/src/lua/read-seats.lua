--[[
  What is personal about many players at once.

  KEYS[1] players hash   KEYS[2] standings hash   KEYS[3] answers hash
  ARGV[1] 1: with standings   ARGV[2] 1: with answers   ARGV[3..] user ids
  Returns { players, standings, answers }, each in the order asked and false where there is none
]]
local players_key, standings_key, answers_key = KEYS[1], KEYS[2], KEYS[3]
local with_standings, with_answers = ARGV[1] == '1', ARGV[2] == '1'
local USERS = 3

local players = redis.call('HMGET', players_key, unpack(ARGV, USERS))
local standings = with_standings and redis.call('HMGET', standings_key, unpack(ARGV, USERS)) or {}
local answers = with_answers and redis.call('HMGET', answers_key, unpack(ARGV, USERS)) or {}
return { players, standings, answers }
