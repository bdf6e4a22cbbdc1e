-- $1 name. Sessions still on it are ended.
DROP DATABASE IF EXISTS $1:name WITH (FORCE)
