-- $1 name, null at a provider; $2 address. False if too many tries failed lately: under this name from this address since the last success, or from this address
-- under any name. A try is written down before the password is looked at and under lock_sign_in.sql, so that many at once get no further.
WITH recent AS MATERIALIZED (
  SELECT e.id, e.kind, lower(e.account) = lower($1) AS same_name
  FROM docpipeline.access_event e
  WHERE e.kind IN ('sign_in_tried', 'signed_in') AND e.at > clock_timestamp() - interval '15 minutes' AND e.address = $2
), failed AS (
  SELECT
    count(*) FILTER (
      WHERE kind = 'sign_in_tried' AND same_name
      AND id > coalesce((SELECT max(id) FROM recent WHERE kind = 'signed_in' AND same_name), 0)) AS of_name,
    count(*) FILTER (WHERE kind = 'sign_in_tried') - count(*) FILTER (WHERE kind = 'signed_in') AS of_address
  FROM recent
), begun AS (
  INSERT INTO docpipeline.access_event (account, address, kind)
  SELECT coalesce($1, '(provider)'), $2, 'sign_in_tried' FROM failed WHERE of_name < 5 AND of_address < 50
  RETURNING 1
)
SELECT EXISTS (SELECT FROM begun)
