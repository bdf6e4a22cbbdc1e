-- $1 game_id, $2 round; one array each: $3 user_id, $4 choice, $5 correct, $6 points, $7 elapsed_ms
INSERT INTO answers (game_id, round, user_id, choice, correct, points, elapsed_ms)
SELECT $1, $2, * FROM unnest($3::TEXT[], $4::JSONB[], $5::BOOLEAN[], $6::INTEGER[], $7::INTEGER[])
