-- $1 game_id; one array each: $2 user_id, $3 nickname, $4 team, $5 rank, $6 score, $7 correct, $8 answered, $9 mean_ms,
-- $10 extra_time_percent
INSERT INTO player_results
  (game_id, user_id, nickname, team, rank, score, correct, answered, mean_ms, extra_time_percent)
SELECT $1, * FROM unnest(
  $2::TEXT[], $3::TEXT[], $4::TEXT[], $5::INTEGER[], $6::INTEGER[], $7::INTEGER[], $8::INTEGER[], $9::INTEGER[],
  $10::INTEGER[]
)
