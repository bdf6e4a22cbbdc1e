-- Who may not come back to a running party. Beside the document, since a ban is added when it is told, between two
-- checkpoints, without the document being read or written.

ALTER TABLE checkpoints ADD COLUMN bans TEXT[] NOT NULL DEFAULT '{}';
