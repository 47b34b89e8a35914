-- One service: its two roles and its database (mechanics D1). Run by psql as a superuser, as often as wanted.
-- Variables: service, database, owner_password, runtime_password.
-- The owner migrates. The runtime role connects and gets, table by table, what migrations grant it.

\set owner :service _owner

SELECT format('CREATE ROLE %I LOGIN', role)
  FROM (VALUES (:'owner'), (:'service')) AS wanted (role)
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role)
\gexec
ALTER ROLE :"owner" PASSWORD :'owner_password';
ALTER ROLE :"service" PASSWORD :'runtime_password';

-- On a server where we are not a superuser, making a database for a role needs membership in it.
SELECT format('GRANT %I TO CURRENT_USER', :'owner')
 WHERE NOT pg_has_role(current_user, :'owner', 'SET')
\gexec
SELECT format('CREATE DATABASE %I OWNER %I TEMPLATE template0 ENCODING ''UTF8''', :'database', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'database')
\gexec

REVOKE ALL ON DATABASE :"database" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"database" TO :"service";
\connect :"database"
ALTER SCHEMA public OWNER TO :"owner";
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO :"service";
