-- Everything of the parties $1 (party_ids), and a mark that keeps a late writer from bringing one back. Returns the
-- parties of which there was something.
WITH known AS (
  SELECT party_id, game_id FROM games WHERE party_id = ANY ($1::UUID[])
  UNION
  SELECT party_id, game_id FROM parties WHERE party_id = ANY ($1::UUID[])
  UNION
  SELECT party_id, NULL FROM party_players WHERE party_id = ANY ($1::UUID[])
), marked AS (
  INSERT INTO erased_parties (party_id) SELECT DISTINCT party_id FROM known ON CONFLICT (party_id) DO NOTHING
), audit_rows AS (
  UPDATE audit
  SET
    subject = NULL,
    actor = CASE WHEN actor IN (SELECT user_id FROM party_players AS p WHERE p.party_id = audit.party_id)
      THEN 'erased' ELSE actor END
  WHERE party_id IN (SELECT party_id FROM known)
), party_rows AS (
  DELETE FROM parties WHERE party_id IN (SELECT party_id FROM known)
), player_rows AS (
  DELETE FROM party_players WHERE party_id IN (SELECT party_id FROM known)
), checkpoint_rows AS (
  DELETE FROM checkpoints WHERE party_id IN (SELECT party_id FROM known)
), round_rows AS (
  DELETE FROM rounds WHERE game_id IN (SELECT game_id FROM known)
), answer_rows AS (
  DELETE FROM answers WHERE game_id IN (SELECT game_id FROM known)
), result_rows AS (
  DELETE FROM player_results WHERE game_id IN (SELECT game_id FROM known)
), performance_rows AS (
  DELETE FROM category_performance WHERE game_id IN (SELECT game_id FROM known)
), game_rows AS (
  DELETE FROM games WHERE party_id IN (SELECT party_id FROM known)
)
SELECT DISTINCT party_id FROM known
