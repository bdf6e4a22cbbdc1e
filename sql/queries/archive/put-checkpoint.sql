-- The document of a later point in the party's history stays: a writer that was held up must not take a party back. Bans
-- are only ever added to. A crowd as before is the stored value itself, which Postgres then does not write again; where an
-- older version wrote the checkpoint, it is taken out of the document.
-- $1 party_id, $2 epoch, $3 seq, $4 round, $5 document, $6 bans, $7 crowd: null where it is as before
INSERT INTO checkpoints (party_id, epoch, seq, round, document, bans, crowd) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (party_id) DO UPDATE
SET
  epoch = excluded.epoch, seq = excluded.seq, round = excluded.round, document = excluded.document, saved_at = now(),
  bans = ARRAY(SELECT DISTINCT unnest(checkpoints.bans || excluded.bans)),
  crowd = coalesce(excluded.crowd, checkpoints.crowd, checkpoints.document - '{party,quiz,standings}'::TEXT[])
WHERE (checkpoints.epoch, checkpoints.seq, checkpoints.round) < (excluded.epoch, excluded.seq, excluded.round)
