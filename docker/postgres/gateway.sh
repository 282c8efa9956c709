#!/bin/sh
# Run by the image of PostgreSQL at the first start of its server: makes the gateway's role, which is no superuser, and its
# database. The password does not become an argument, which others could read.
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set password `cat /run/secrets/store_password`
CREATE ROLE gateway LOGIN PASSWORD :'password';
CREATE DATABASE gateway OWNER gateway ENCODING 'UTF8' TEMPLATE template0;
REVOKE CONNECT ON DATABASE gateway FROM PUBLIC;
SQL
