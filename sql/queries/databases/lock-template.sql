-- Lets one process at a time make the template $1. Advisory locks belong to a database: all must ask the same one.
SELECT pg_advisory_lock(hashtextextended($1, 0))
