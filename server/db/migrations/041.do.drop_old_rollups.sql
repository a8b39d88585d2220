-- Rollups that the model no longer has, or has by year: Cube keeps the newest table of each name it knew.
DO $$
DECLARE
  old_table text;
BEGIN
  FOR old_table IN
    SELECT format('%I.%I', schemaname, tablename) FROM pg_catalog.pg_tables
    WHERE schemaname = 'prod_pre_aggregations'
      AND tablename SIMILAR TO 'sales\_(distinct\_total|distinct\_month|by\_category|by\_customer)\_%'
  LOOP
    EXECUTE 'DROP TABLE ' || old_table;
  END LOOP;
END $$;
