-- Serialises the writes of each party of $1 (party_ids, in order, so that two callers never wait for each other), on
-- every node, until the transaction ends. Other parties are not touched.
SELECT pg_advisory_xact_lock(hashtextextended(lower(party_id), 0)) FROM unnest($1::TEXT[]) AS party_id
