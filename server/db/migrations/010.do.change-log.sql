CREATE INDEX changes_transaction_id_idx ON app.changes (transaction_id);
CREATE INDEX changes_changed_at_idx ON app.changes (changed_at);

CREATE FUNCTION app.log_changed_accounts(account_ids bigint[]) RETURNS void
  LANGUAGE sql AS $$
  INSERT INTO app.changes (layer, row_id)
  SELECT 'accounts', NULL WHERE cardinality(account_ids) > 2000
  UNION ALL
  SELECT 'accounts', id FROM (SELECT DISTINCT unnest(account_ids) AS id) ids
  WHERE cardinality(account_ids) <= 2000 AND id IS NOT NULL
$$;
COMMENT ON FUNCTION app.log_changed_accounts(bigint[]) IS 'Writes the accounts whose sums changed to app.changes, or one row for all of them above 2,000.';

CREATE FUNCTION app.log_sale_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  row_limit constant int := 2001;
  ids bigint[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.changes (layer, row_id) VALUES ('accounts', NULL);
  ELSIF TG_OP = 'DELETE' THEN
    ids := ARRAY(SELECT account_id FROM old_rows LIMIT row_limit);
  ELSE
    ids := ARRAY(SELECT account_id FROM old_rows LIMIT row_limit)
        || ARRAY(SELECT account_id FROM new_rows LIMIT row_limit);
  END IF;
  PERFORM app.log_changed_accounts(ids);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_sale_changes() IS 'Statement trigger of crm.sales: the accounts whose revenue changed, those that a sale left included. A new sale counts with its lines.';

CREATE FUNCTION app.log_sale_line_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  row_limit constant int := 2001;
  sale_ids bigint[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.changes (layer, row_id) VALUES ('accounts', NULL);
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    sale_ids := ARRAY(SELECT sale_id FROM new_rows LIMIT row_limit);
  ELSIF TG_OP = 'DELETE' THEN
    sale_ids := ARRAY(SELECT sale_id FROM old_rows LIMIT row_limit);
  ELSE
    sale_ids := ARRAY(SELECT sale_id FROM old_rows LIMIT row_limit)
             || ARRAY(SELECT sale_id FROM new_rows LIMIT row_limit);
  END IF;
  IF cardinality(sale_ids) >= row_limit THEN
    INSERT INTO app.changes (layer, row_id) VALUES ('accounts', NULL);
  ELSE
    PERFORM app.log_changed_accounts(
      ARRAY(SELECT account_id FROM crm.sales WHERE sale_id = ANY (sale_ids)));
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_sale_line_changes() IS 'Statement trigger of crm.sale_lines: the accounts whose revenue changed. Lines that go with their sale are logged by it.';

CREATE TRIGGER sales_updated_log AFTER UPDATE ON crm.sales
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_changes();
CREATE TRIGGER sales_deleted_log AFTER DELETE ON crm.sales REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_changes();
CREATE TRIGGER sales_truncated_log AFTER TRUNCATE ON crm.sales
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_changes();
CREATE TRIGGER sale_lines_inserted_log AFTER INSERT ON crm.sale_lines
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_line_changes();
CREATE TRIGGER sale_lines_updated_log AFTER UPDATE ON crm.sale_lines
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_line_changes();
CREATE TRIGGER sale_lines_deleted_log AFTER DELETE ON crm.sale_lines
  REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_line_changes();
CREATE TRIGGER sale_lines_truncated_log AFTER TRUNCATE ON crm.sale_lines
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_sale_line_changes();

CREATE FUNCTION app.log_hierarchy_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO app.changes (layer, row_id) VALUES ('regions', NULL);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_hierarchy_change() IS 'Statement trigger of geo.region_paths: the region hierarchy must be read again.';

CREATE TRIGGER region_paths_inserted_log AFTER INSERT ON geo.region_paths
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_hierarchy_change();
CREATE TRIGGER region_paths_updated_log AFTER UPDATE ON geo.region_paths
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_hierarchy_change();
CREATE TRIGGER region_paths_deleted_log AFTER DELETE ON geo.region_paths
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_hierarchy_change();
