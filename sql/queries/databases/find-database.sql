-- $1 name
SELECT datname FROM pg_database WHERE datname = $1
