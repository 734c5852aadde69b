-- A person's corrections of cells of tables. What was read before them is in the audit row of the decision.
GRANT UPDATE (cells) ON docpipeline.claim_table_row TO docpipeline_worker;
