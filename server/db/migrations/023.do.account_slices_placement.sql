CREATE OR REPLACE FUNCTION app.log_account_slices() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM new_rows n JOIN old_rows o USING (account_id)
    WHERE (n.region_id, n.segment, n.housing_type, n.placement)
      IS DISTINCT FROM (o.region_id, o.segment, o.housing_type, o.placement)
  ) THEN
    INSERT INTO app.changes (layer, row_id) VALUES ('account_slices', NULL);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_account_slices() IS 'Statement trigger: notes in app.changes that accounts moved to another region, segment, housing type or placement, by which sales are rolled up. New accounts have no sales yet, and those of removed ones go with them.';
