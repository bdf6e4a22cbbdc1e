-- Lets one process at a time migrate or seed this database; the others wait. Ends with the transaction.
SELECT pg_advisory_xact_lock(hashtextextended('partyline schema', 0))
