-- $1 name, $2 the database to copy, which must have no session on it
CREATE DATABASE $1:name TEMPLATE $2:name
