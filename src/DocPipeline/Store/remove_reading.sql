-- $1 submission. What was read before goes, if it is being read anew.
SELECT docpipeline.remove_reading($1)
