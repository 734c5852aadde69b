-- $1 name, $2 XML.
INSERT INTO docpipeline.cookie_key (name, xml) VALUES ($1, $2) ON CONFLICT DO NOTHING
