-- $1 source, $2 event keys: those that have been answered.
SELECT event_key FROM docpipeline.bucket_event WHERE source = $1 AND event_key = ANY ($2)
