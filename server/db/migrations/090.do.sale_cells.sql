-- Sums of sales by region, month and what people slice by. They are kept up to date by what changed instead of
-- being built again, and always show one state of the database: see crm.refresh_sale_cells().

CREATE TABLE crm.sale_cells (
  grain text NOT NULL,
  level smallint,
  region_id bigint,
  parent_region_id bigint,
  policy_region_id bigint,
  month timestamptz NOT NULL,
  placement text NOT NULL,
  lifecycle text,
  kind text,
  segment text,
  housing_type text,
  owner_id text,
  category text,
  lines bigint NOT NULL,
  revenue numeric(20, 2) NOT NULL,
  costed_lines bigint NOT NULL,
  margin numeric(20, 2) NOT NULL,
  units numeric(20, 3) NOT NULL,
  orders bigint,
  active_accounts bigint
) PARTITION BY LIST (grain);
COMMENT ON TABLE crm.sale_cells IS 'Sums of order lines by month (its first moment in UTC). Grains leaf_category and leaf_customer are by the deepest region of the account, the others by region at each level.';
COMMENT ON COLUMN crm.sale_cells.grain IS 'What the sums are by beside region and month. region: placement, lifecycle; category: placement, category; customer: placement, lifecycle, kind, segment, housing_type; leaf_customer: those and owner_id.';
COMMENT ON COLUMN crm.sale_cells.region_id IS 'Region at the level, null for elsewhere; in leaf grains the deepest region of the account, 0 for none.';
COMMENT ON COLUMN crm.sale_cells.policy_region_id IS 'Leaf grains: the region by which row policy judges the account, null for none.';
COMMENT ON COLUMN crm.sale_cells.costed_lines IS 'Lines of known cost; margin is of these and counts as unknown where there are none.';
COMMENT ON COLUMN crm.sale_cells.orders IS 'Orders with a line; null in the grains by category, where an order may be in several cells.';
COMMENT ON COLUMN crm.sale_cells.active_accounts IS 'Accounts that ordered in the month: may be added up over cells of one month, not over months.';

CREATE TABLE crm.sale_cells_leaf_category PARTITION OF crm.sale_cells FOR VALUES IN ('leaf_category');
CREATE TABLE crm.sale_cells_leaf_customer PARTITION OF crm.sale_cells FOR VALUES IN ('leaf_customer');
CREATE TABLE crm.sale_cells_region PARTITION OF crm.sale_cells FOR VALUES IN ('region');
CREATE TABLE crm.sale_cells_category PARTITION OF crm.sale_cells FOR VALUES IN ('category');
CREATE TABLE crm.sale_cells_customer PARTITION OF crm.sale_cells FOR VALUES IN ('customer');

CREATE INDEX sale_cells_leaf_category_region_idx ON crm.sale_cells_leaf_category (region_id, month);
CREATE INDEX sale_cells_leaf_customer_region_idx ON crm.sale_cells_leaf_customer (region_id, month);
CREATE UNIQUE INDEX sale_cells_region_key ON crm.sale_cells_region
  (level, parent_region_id, region_id, month, placement, lifecycle) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX sale_cells_category_key ON crm.sale_cells_category
  (level, parent_region_id, region_id, month, placement, category) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX sale_cells_customer_key ON crm.sale_cells_customer
  (level, parent_region_id, region_id, month, placement, lifecycle, kind, segment, housing_type) NULLS NOT DISTINCT;
CREATE INDEX sale_cells_region_empty_idx ON crm.sale_cells_region (lines) WHERE lines = 0;
CREATE INDEX sale_cells_category_empty_idx ON crm.sale_cells_category (lines) WHERE lines = 0;
CREATE INDEX sale_cells_customer_empty_idx ON crm.sale_cells_customer (lines) WHERE lines = 0;

CREATE TABLE app.sale_changes (
  change_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT sale_changes_pkey PRIMARY KEY,
  sale_from bigint,
  sale_to bigint,
  account_id bigint,
  region_id bigint,
  month timestamptz,
  CONSTRAINT sale_changes_range_check CHECK ((sale_from IS NULL) = (sale_to IS NULL))
);
COMMENT ON TABLE app.sale_changes IS 'Which sums of crm.sale_cells are out of date, written in the transaction of the change: sales from one id to another; an account in a month; a region (0 for none) in every month; a month everywhere; nothing set, everything.';

CREATE TABLE app.sale_cells_state (
  singleton boolean DEFAULT true CONSTRAINT sale_cells_state_pkey PRIMARY KEY,
  refreshed_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT sale_cells_state_singleton_check CHECK (singleton)
);
COMMENT ON TABLE app.sale_cells_state IS 'One row: locked by whoever refreshes crm.sale_cells.';
INSERT INTO app.sale_cells_state DEFAULT VALUES;

CREATE UNLOGGED TABLE app.stale_sale_cells (
  region_id bigint NOT NULL,
  month timestamptz NOT NULL,
  CONSTRAINT stale_sale_cells_pkey PRIMARY KEY (region_id, month)
);
COMMENT ON TABLE app.stale_sale_cells IS 'Work table of crm.refresh_sale_cells(), empty outside of it.';

-- A sale or line is noted by its id and an account by its region before the change: the refresh looks up where
-- it is by then. A region looked up here could be one that another transaction is just changing.

CREATE FUNCTION app.mark_sale_lines(sale_ids bigint[], first_id bigint, last_id bigint) RETURNS void
  LANGUAGE sql AS $$
  INSERT INTO app.sale_changes (sale_from, sale_to)
  SELECT id, id FROM (SELECT DISTINCT unnest(sale_ids) AS id) ids
  WHERE cardinality(sale_ids) <= 500 AND EXISTS (SELECT FROM crm.sales s WHERE s.sale_id = id)
  UNION ALL
  SELECT first_id, last_id WHERE cardinality(sale_ids) > 500
$$;
COMMENT ON FUNCTION app.mark_sale_lines(bigint[], bigint, bigint) IS 'Notes sales whose sums changed, or the range of ids above 500. Sales that are gone are noted by their own trigger.';

CREATE FUNCTION app.mark_changed_sale_lines() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  few bigint[];
  first_id bigint;
  last_id bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.sale_changes DEFAULT VALUES;
    RETURN NULL;
  ELSIF TG_OP = 'INSERT' THEN
    few := ARRAY(SELECT sale_id FROM new_rows LIMIT 501);
    SELECT min(sale_id), max(sale_id) INTO first_id, last_id FROM new_rows WHERE cardinality(few) > 500;
  ELSIF TG_OP = 'DELETE' THEN
    few := ARRAY(SELECT sale_id FROM old_rows LIMIT 501);
    SELECT min(sale_id), max(sale_id) INTO first_id, last_id FROM old_rows WHERE cardinality(few) > 500;
  ELSE
    few := ARRAY(
      (SELECT sale_id FROM (TABLE old_rows EXCEPT TABLE new_rows) before LIMIT 501)
      UNION ALL
      (SELECT sale_id FROM (TABLE new_rows EXCEPT TABLE old_rows) after LIMIT 501));
    SELECT min(sale_id), max(sale_id) INTO first_id, last_id
    FROM (TABLE old_rows UNION ALL TABLE new_rows) changed WHERE cardinality(few) > 500;
  END IF;
  PERFORM app.mark_sale_lines(few, first_id, last_id);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.mark_changed_sale_lines() IS 'Statement trigger of crm.sale_lines: notes the sales whose sums changed.';

CREATE TYPE app.account_month AS (account_id bigint, month timestamptz);
CREATE FUNCTION app.few_months(changed app.account_month[]) RETURNS SETOF app.account_month
  LANGUAGE sql IMMUTABLE AS $$
  SELECT account_id, month FROM unnest(changed) WHERE cardinality(changed) <= 500
  UNION ALL
  SELECT DISTINCT NULL::bigint, month FROM unnest(changed) WHERE cardinality(changed) > 500
$$;
COMMENT ON FUNCTION app.few_months(app.account_month[]) IS 'The accounts and months given, or above 500 the months alone.';

CREATE FUNCTION app.mark_changed_sales() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  few bigint[];
  first_id bigint;
  last_id bigint;
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.sale_changes DEFAULT VALUES;
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    INSERT INTO app.sale_changes (account_id, month)
    SELECT account_id, month FROM app.few_months(ARRAY(
      SELECT (account_id, date_trunc('month', ordered_at, 'UTC'))::app.account_month FROM old_rows
      GROUP BY account_id, date_trunc('month', ordered_at, 'UTC')));
    RETURN NULL;
  END IF;
  INSERT INTO app.sale_changes (account_id, month)
  SELECT account_id, month FROM app.few_months(ARRAY(
    SELECT (account_id, date_trunc('month', ordered_at, 'UTC'))::app.account_month
    FROM (SELECT sale_id, account_id, ordered_at FROM old_rows
          EXCEPT SELECT sale_id, account_id, ordered_at FROM new_rows) moved
    GROUP BY account_id, date_trunc('month', ordered_at, 'UTC')));
  IF FOUND THEN
    few := ARRAY(SELECT sale_id FROM (SELECT sale_id, account_id, ordered_at FROM new_rows
                                      EXCEPT SELECT sale_id, account_id, ordered_at FROM old_rows) moved LIMIT 501);
    SELECT min(sale_id), max(sale_id) INTO first_id, last_id FROM new_rows WHERE cardinality(few) > 500;
    PERFORM app.mark_sale_lines(few, first_id, last_id);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.mark_changed_sales() IS 'Statement trigger of crm.sales: notes where sales were taken away from and where they are now. A new sale counts with its lines.';

CREATE FUNCTION app.mark_changed_accounts() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  regions bigint[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.sale_changes DEFAULT VALUES;
    RETURN NULL;
  ELSIF TG_OP = 'DELETE' THEN
    regions := ARRAY(SELECT DISTINCT COALESCE(region_id, 0) FROM old_rows);
  ELSE
    -- What did not change is there twice. Grouping hashes; a join of transition tables would compare each row
    -- with each.
    regions := ARRAY(
      SELECT DISTINCT COALESCE(region_id, 0) FROM (
        SELECT region_id FROM (TABLE old_rows UNION ALL TABLE new_rows) both_rows
        GROUP BY account_id, region_id, postcode_region_id, placement, lifecycle, kind, segment, housing_type, owner_id
        HAVING count(*) = 1) changed);
    IF cardinality(regions) > 0 THEN
      INSERT INTO app.changes (layer, row_id) VALUES ('account_slices', NULL);
    END IF;
  END IF;
  INSERT INTO app.sale_changes (region_id) SELECT unnest(regions);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.mark_changed_accounts() IS 'Statement trigger of crm.accounts: notes the regions whose sums of sales changed with the accounts in them, and that slices of accounts changed.';

DROP TRIGGER accounts_slices_changed ON crm.accounts;
DROP FUNCTION app.log_account_slices();

CREATE FUNCTION app.mark_changed_products() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT product_id, category FROM new_rows EXCEPT SELECT product_id, category FROM old_rows) THEN
    INSERT INTO app.sale_changes DEFAULT VALUES;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.mark_changed_products() IS 'Statement trigger of crm.products: sums by category are out of date when a product changes its own.';

CREATE FUNCTION app.mark_all_sales() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO app.sale_changes DEFAULT VALUES;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.mark_all_sales() IS 'Statement trigger of geo.region_members: sums by region are out of date when the hierarchy changes.';

CREATE TRIGGER sale_lines_inserted_cells AFTER INSERT ON crm.sale_lines REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sale_lines();
CREATE TRIGGER sale_lines_updated_cells AFTER UPDATE ON crm.sale_lines
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sale_lines();
CREATE TRIGGER sale_lines_deleted_cells AFTER DELETE ON crm.sale_lines REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sale_lines();
CREATE TRIGGER sale_lines_truncated_cells AFTER TRUNCATE ON crm.sale_lines
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sale_lines();
CREATE TRIGGER sales_updated_cells AFTER UPDATE ON crm.sales
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sales();
CREATE TRIGGER sales_deleted_cells AFTER DELETE ON crm.sales REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sales();
CREATE TRIGGER sales_truncated_cells AFTER TRUNCATE ON crm.sales
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_sales();
CREATE TRIGGER accounts_updated_cells AFTER UPDATE ON crm.accounts
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_accounts();
CREATE TRIGGER accounts_deleted_cells AFTER DELETE ON crm.accounts REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_accounts();
CREATE TRIGGER accounts_truncated_cells AFTER TRUNCATE ON crm.accounts
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_accounts();
CREATE TRIGGER products_updated_cells AFTER UPDATE ON crm.products
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_changed_products();
CREATE TRIGGER region_members_changed_cells AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON geo.region_members
  FOR EACH STATEMENT EXECUTE FUNCTION app.mark_all_sales();
