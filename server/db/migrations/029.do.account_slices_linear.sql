CREATE OR REPLACE FUNCTION app.log_account_slices() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  -- EXCEPT hashes or sorts. A join inside EXISTS is planned for its first row, as a nested loop: with 10,000
  -- rows that are alike it compares each with each, a minute and more.
  IF EXISTS (
    SELECT account_id, region_id, segment, housing_type, placement FROM new_rows
    EXCEPT
    SELECT account_id, region_id, segment, housing_type, placement FROM old_rows
  ) THEN
    INSERT INTO app.changes (layer, row_id) VALUES ('account_slices', NULL);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_account_slices() IS 'Statement trigger: notes in app.changes that accounts moved to another region, segment, housing type or placement, by which sales are rolled up. New accounts have no sales yet, and those of removed ones go with them.';
