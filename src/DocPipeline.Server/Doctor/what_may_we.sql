-- Version of the server, the role, and whether it may work on submissions.
SELECT current_setting('server_version'), current_user::text,
       has_table_privilege('docpipeline.submission', 'INSERT') AND has_table_privilege('docpipeline.provider_call', 'INSERT')
