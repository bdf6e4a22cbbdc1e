-- $1 party_id, $2 user_ids, $3 scores
INSERT INTO party_players (party_id, user_id, score)
SELECT $1, * FROM unnest($2::TEXT[], $3::INTEGER[])
