-- Checkpoints of parties without a result. saveResults removes a party's checkpoint, so whatever is here is unfinished.
SELECT epoch::FLOAT8 AS epoch, seq::FLOAT8 AS seq, bans, crowd, document FROM checkpoints ORDER BY saved_at
