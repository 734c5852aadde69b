-- True, or no row. Danger: EXISTS reads the whole table for as long as statistics are of a time when much was unpublished; the order keeps to the index of what is.
SELECT true FROM docpipeline.outbox WHERE delivered_at IS NULL ORDER BY id LIMIT 1
