-- Who is in a running party and what they hold. Beside the document, which is written anew each round: the crowd is most of
-- a checkpoint and rarely changes. Null where an older version wrote the checkpoint: its crowd is in the document.

ALTER TABLE checkpoints ADD COLUMN crowd JSONB;
