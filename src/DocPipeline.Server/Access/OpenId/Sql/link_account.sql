-- $1 account, $2 issuer, $3 subject, $4 by. Nothing if the person has another account already.
WITH changed AS (
  UPDATE docpipeline.account SET issuer = $2, subject = $3, password_hash = NULL, stamp = gen_random_uuid()
  WHERE id = $1 AND NOT EXISTS (SELECT FROM docpipeline.account other WHERE other.issuer = $2 AND other.subject = $3 AND other.id <> $1)
  RETURNING id, name, role, stamp, password_hash, closed_at
), noted AS (
  INSERT INTO docpipeline.access_event (account, kind, detail) SELECT $4, 'account_linked', name || ', subject ' || $3 FROM changed
)
SELECT * FROM changed
