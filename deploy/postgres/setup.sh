#!/bin/sh
# Make the roles and databases of all services on the server that PGHOST, PGUSER and PGPASSWORD name.
# Passwords come from <SERVICE>_OWNER_PASSWORD and <SERVICE>_PASSWORD and go to psql by standard input only.
set -eu
here=$(dirname "$0")
for service in identity accounts transactions notifications; do
    upper=$(printf '%s' "$service" | tr '[:lower:]' '[:upper:]')
    owner=$(printenv "${upper}_OWNER_PASSWORD")
    runtime=$(printenv "${upper}_PASSWORD")
    {
        printf "\\\\set service '%s'\n\\\\set database '%s'\n" "$service" "$service"
        printf "\\\\set owner_password '%s'\n\\\\set runtime_password '%s'\n" "$owner" "$runtime"
        cat "$here/service.sql"
    } | psql --no-psqlrc --quiet -v ON_ERROR_STOP=1
done
