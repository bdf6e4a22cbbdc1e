-- Where a question of the pool came from, and which versions of the seed have been sown.

CREATE TABLE question_details (
  question_id INTEGER PRIMARY KEY REFERENCES questions (id) ON DELETE CASCADE,
  difficulty TEXT CHECK (difficulty IN ('easy', 'medium', 'hard')),
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  added_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- One row per category of sql/seed/questions. A version is sown once, so a question somebody deletes stays deleted.
CREATE TABLE sown_categories (
  category TEXT PRIMARY KEY,
  checksum TEXT NOT NULL,
  sown_at TIMESTAMPTZ NOT NULL DEFAULT now()
);
