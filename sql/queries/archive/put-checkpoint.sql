-- The document of a later point in the party's history stays: a writer that was held up must not take a party back.
-- $1 party_id, $2 epoch, $3 seq, $4 round, $5 document
INSERT INTO checkpoints (party_id, epoch, seq, round, document) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (party_id) DO UPDATE
SET epoch = excluded.epoch, seq = excluded.seq, round = excluded.round, document = excluded.document, saved_at = now()
WHERE (checkpoints.epoch, checkpoints.seq, checkpoints.round) < (excluded.epoch, excluded.seq, excluded.round)
