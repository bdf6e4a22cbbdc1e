-- The schema after all of sql/migrations, written by `make schema`. A test compares it with a migrated database.
-- To read, not to run: the migrations are what is run.

CREATE TABLE answers (
  game_id UUID NOT NULL,
  round INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  choice JSONB,
  correct BOOLEAN,
  points INTEGER NOT NULL,
  elapsed_ms INTEGER NOT NULL,
  CONSTRAINT answers_pkey PRIMARY KEY (game_id, round, user_id)
);

CREATE TABLE audit (
  id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY,
  at TIMESTAMP WITH TIME ZONE NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  party_id UUID,
  subject TEXT,
  CONSTRAINT audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_party ON public.audit USING btree (party_id, id);
CREATE TRIGGER keep_audit_rows BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER keep_audit_table BEFORE TRUNCATE ON public.audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();

CREATE TABLE category_performance (
  user_id TEXT NOT NULL,
  category TEXT NOT NULL,
  game_id UUID NOT NULL,
  answered INTEGER NOT NULL,
  correct INTEGER NOT NULL,
  points INTEGER NOT NULL,
  answered_ms BIGINT NOT NULL,
  CONSTRAINT category_performance_pkey PRIMARY KEY (user_id, category, game_id)
);
CREATE INDEX category_performance_by_game ON public.category_performance USING btree (game_id);

CREATE TABLE checkpoints (
  party_id UUID NOT NULL,
  epoch BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  round INTEGER NOT NULL,
  document JSONB NOT NULL,
  saved_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  bans TEXT[] NOT NULL DEFAULT '{}'::text[],
  crowd JSONB,
  CONSTRAINT checkpoints_pkey PRIMARY KEY (party_id)
);

CREATE TABLE erased_parties (
  party_id UUID NOT NULL,
  erased_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT erased_parties_pkey PRIMARY KEY (party_id)
);

CREATE TABLE games (
  game_id UUID NOT NULL,
  party_id UUID NOT NULL,
  quiz_id TEXT,
  room_code TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  settings JSONB NOT NULL,
  rounds INTEGER NOT NULL,
  rules_version INTEGER NOT NULL DEFAULT 1,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  started_at TIMESTAMP WITH TIME ZONE,
  ended_at TIMESTAMP WITH TIME ZONE,
  reason TEXT,
  players_total INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT games_pkey PRIMARY KEY (game_id),
  CONSTRAINT games_party_id_key UNIQUE (party_id),
  CONSTRAINT games_check CHECK (((ended_at IS NULL) = (reason IS NULL))),
  CONSTRAINT games_kind_check CHECK ((kind = ANY (ARRAY['quick'::text, 'room'::text]))),
  CONSTRAINT games_reason_check CHECK ((reason = ANY (ARRAY['completed'::text, 'ended'::text, 'abandoned'::text])))
);
CREATE INDEX games_by_end ON public.games USING btree (COALESCE(ended_at, opened_at));
CREATE INDEX games_finished_by_owner ON public.games USING btree (owner_id, ended_at DESC) WHERE (ended_at IS NOT NULL);
CREATE INDEX games_running_by_owner ON public.games USING btree (owner_id, opened_at DESC) WHERE (ended_at IS NULL);

CREATE TABLE host_keys (
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  key_hash TEXT NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  revoked_at TIMESTAMP WITH TIME ZONE,
  CONSTRAINT host_keys_pkey PRIMARY KEY (id),
  CONSTRAINT host_keys_key_hash_key UNIQUE (key_hash)
);

CREATE TABLE parties (
  party_id UUID NOT NULL,
  game_id UUID NOT NULL,
  player_id TEXT NOT NULL,
  CONSTRAINT parties_pkey PRIMARY KEY (party_id)
);

CREATE TABLE party_players (
  party_id UUID NOT NULL,
  user_id TEXT NOT NULL,
  score INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT party_players_pkey PRIMARY KEY (party_id, user_id)
);

CREATE TABLE player_results (
  game_id UUID NOT NULL,
  user_id TEXT NOT NULL,
  nickname TEXT NOT NULL,
  team TEXT,
  rank INTEGER NOT NULL,
  score INTEGER NOT NULL,
  correct INTEGER NOT NULL,
  answered INTEGER NOT NULL,
  mean_ms INTEGER NOT NULL,
  extra_time_percent INTEGER NOT NULL,
  CONSTRAINT player_results_pkey PRIMARY KEY (game_id, user_id)
);
CREATE INDEX player_results_by_rank ON public.player_results USING btree (game_id, rank, user_id COLLATE "C");

CREATE TABLE question_details (
  question_id INTEGER NOT NULL,
  difficulty TEXT,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  added_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT question_details_pkey PRIMARY KEY (question_id),
  CONSTRAINT question_details_difficulty_check CHECK ((difficulty = ANY (ARRAY['easy'::text, 'medium'::text, 'hard'::text]))),
  CONSTRAINT question_details_question_id_fkey FOREIGN KEY (question_id) REFERENCES questions(id) ON DELETE CASCADE
);

CREATE TABLE questions (
  id SERIAL NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  choice1 TEXT NOT NULL,
  choice2 TEXT NOT NULL,
  choice3 TEXT NOT NULL,
  category TEXT NOT NULL,
  CONSTRAINT questions_pkey PRIMARY KEY (id)
);
CREATE INDEX questions_by_category ON public.questions USING btree (lower(btrim(category)), id) INCLUDE (category);

CREATE TABLE quizzes (
  quiz_id UUID NOT NULL,
  owner_id TEXT NOT NULL,
  title TEXT NOT NULL,
  document JSONB NOT NULL,
  created_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  updated_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT quizzes_pkey PRIMARY KEY (quiz_id),
  CONSTRAINT quizzes_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES host_keys(id)
);
CREATE INDEX quizzes_by_owner ON public.quizzes USING btree (owner_id, updated_at DESC);

CREATE TABLE rounds (
  game_id UUID NOT NULL,
  round INTEGER NOT NULL,
  epoch BIGINT NOT NULL,
  question_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  category TEXT NOT NULL,
  question JSONB NOT NULL,
  opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
  closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
  skipped BOOLEAN NOT NULL,
  counts JSONB NOT NULL,
  CONSTRAINT rounds_pkey PRIMARY KEY (game_id, round)
);

CREATE TABLE schema_migrations (
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT schema_migrations_pkey PRIMARY KEY (name)
);

CREATE TABLE sown_categories (
  category TEXT NOT NULL,
  checksum TEXT NOT NULL,
  sown_at TIMESTAMP WITH TIME ZONE NOT NULL DEFAULT now(),
  CONSTRAINT sown_categories_pkey PRIMARY KEY (category)
);

CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE'
    AND (NEW.id, NEW.at, NEW.action) = (OLD.id, OLD.at, OLD.action)
    AND NEW.party_id IS NOT DISTINCT FROM OLD.party_id
    AND NEW.actor IN (OLD.actor, 'erased')
    AND (NEW.subject IS NULL OR NEW.subject = OLD.subject)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the audit is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$;
