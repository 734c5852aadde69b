#!/bin/bash
# Runs once, when the database is made: the image of postgres calls it.
set -euo pipefail
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username postgres --dbname postgres \
  --set owner_password="$(cat /run/secrets/owner)" \
  --set app_password="$(cat /run/secrets/app)" \
  --set reports_password="$(cat /run/secrets/reports)" \
  --file /opt/docpipeline/roles.sql
