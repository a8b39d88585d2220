-- A bulk insert checks foreign keys by the set and not row by row: its session skips the triggers of the keys
-- (session_replication_role), and only triggers that are ALWAYS enabled fire then. Those that tell of new rows
-- must be; a table with any other trigger on INSERT is loaded row by row.
ALTER TABLE crm.accounts ENABLE ALWAYS TRIGGER accounts_inserted;
ALTER TABLE crm.sale_lines ENABLE ALWAYS TRIGGER sale_lines_inserted_log;
ALTER TABLE crm.sale_lines ENABLE ALWAYS TRIGGER sale_lines_inserted_cells;
ALTER TABLE crm.sale_lines ENABLE ALWAYS TRIGGER sale_lines_changed;
