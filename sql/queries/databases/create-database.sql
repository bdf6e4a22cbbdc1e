-- $1 name. From template0, so that no session on template1 stands in the way.
CREATE DATABASE $1:name TEMPLATE template0
