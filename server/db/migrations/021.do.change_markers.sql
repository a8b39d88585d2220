-- Rollups are rebuilt when something they were made of changed. Accounts and places write their changes
-- already; these triggers add one row a statement for the rest.

CREATE FUNCTION app.log_layer_change() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO app.changes (layer, row_id) VALUES (TG_ARGV[0], NULL);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_layer_change() IS 'Statement trigger: notes in app.changes that something of the layer changed.';

CREATE TRIGGER sales_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON crm.sales
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_layer_change('sales');
CREATE TRIGGER sale_lines_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON crm.sale_lines
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_layer_change('sales');
CREATE TRIGGER products_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON crm.products
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_layer_change('sales');
CREATE TRIGGER payments_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON crm.payments
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_layer_change('payments');
CREATE TRIGGER regions_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON geo.regions
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_layer_change('region_facts');
CREATE TRIGGER region_members_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON geo.region_members
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_layer_change('region_facts');

CREATE INDEX changes_marker_idx ON app.changes (layer, change_id);

-- Counting as well as taking the newest: identities are handed out before commit, so a transaction with a
-- lower id can become visible after one with a higher id and would leave the newest as it was.
CREATE FUNCTION app.change_marker(VARIADIC layers text[]) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT concat(count(*), '/', max(change_id)) FROM app.changes WHERE layer = ANY (layers) $$;
COMMENT ON FUNCTION app.change_marker(text[]) IS 'A text that differs as soon as a change of one of the layers is committed: what rollups and caches are refreshed by.';
