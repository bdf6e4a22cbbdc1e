-- Hosts: their keys, their quizzes, and what was done in their name.

CREATE TABLE host_keys (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  -- SHA-256 of the key. Keys are 256 random bits, so there is nothing to guess that a slower hash would protect.
  key_hash TEXT NOT NULL UNIQUE,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  revoked_at TIMESTAMPTZ
);

CREATE TABLE quizzes (
  quiz_id UUID PRIMARY KEY,
  owner_id TEXT NOT NULL REFERENCES host_keys (id),
  title TEXT NOT NULL,
  -- The authored quiz as the wire has it.
  document JSONB NOT NULL,
  created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  updated_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

CREATE INDEX quizzes_by_owner ON quizzes (owner_id, updated_at DESC);

CREATE TABLE audit (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at TIMESTAMPTZ NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  party_id UUID,
  -- Whom or what it was done to, by id; never a name.
  subject TEXT
);

CREATE INDEX audit_by_party ON audit (party_id, id);

-- Rows stay as they were written, but for one thing: erasing a player takes their id out.
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

CREATE TRIGGER keep_audit_rows BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION keep_audit();
CREATE TRIGGER keep_audit_table BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit();
