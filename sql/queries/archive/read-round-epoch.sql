-- $1 game_id, $2 round
SELECT epoch::FLOAT8 AS epoch FROM rounds WHERE game_id = $1 AND round = $2
