-- Rollups of sales group by few attributes of the account. They are large, so an edit of a name or a telephone
-- number must not rebuild them.

CREATE FUNCTION app.log_account_slices() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM new_rows n JOIN old_rows o USING (account_id)
    WHERE (n.region_id, n.segment, n.housing_type) IS DISTINCT FROM (o.region_id, o.segment, o.housing_type)
  ) THEN
    INSERT INTO app.changes (layer, row_id) VALUES ('account_slices', NULL);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_account_slices() IS 'Statement trigger: notes in app.changes that accounts moved to another region, segment or housing type, by which sales are rolled up. New accounts have no sales yet, and those of removed ones go with them.';

CREATE TRIGGER accounts_slices_changed AFTER UPDATE ON crm.accounts
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_account_slices();
