-- $1 name, $2 new name
ALTER DATABASE $1:name RENAME TO $2:name
