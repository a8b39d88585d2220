-- The sums of crm.sale_cells are brought up to date from one snapshot: the caller runs the function in a
-- transaction of isolation REPEATABLE READ, so that nobody ever reads two states of the database in one figure.

CREATE FUNCTION app.collect_stale_sale_cells() RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  first_month timestamptz;
  last_month timestamptz;
BEGIN
  INSERT INTO app.stale_sale_cells (region_id, month)
  SELECT DISTINCT COALESCE(a.region_id, 0), date_trunc('month', s.ordered_at, 'UTC')
  FROM app.sale_changes c
  JOIN crm.sales s ON s.sale_id BETWEEN c.sale_from AND c.sale_to
  JOIN crm.accounts a ON a.account_id = s.account_id
  UNION
  SELECT COALESCE(a.region_id, 0), c.month
  FROM app.sale_changes c JOIN crm.accounts a ON a.account_id = c.account_id
  WHERE c.month IS NOT NULL;

  SELECT least(min(month), (SELECT date_trunc('month', min(ordered_at), 'UTC') FROM crm.sales)),
         greatest(max(month), (SELECT date_trunc('month', max(ordered_at), 'UTC') FROM crm.sales))
  INTO first_month, last_month FROM crm.sale_cells_region;
  INSERT INTO app.stale_sale_cells (region_id, month)
  SELECT c.region_id, date_trunc('month', m.month, 'UTC')
  FROM (SELECT DISTINCT region_id FROM app.sale_changes WHERE region_id IS NOT NULL) c
  CROSS JOIN generate_series(first_month, last_month, interval '1 month') AS m (month)
  UNION
  SELECT m.descendant_id, c.month
  FROM (SELECT DISTINCT month FROM app.sale_changes WHERE month IS NOT NULL AND account_id IS NULL) c
  CROSS JOIN (SELECT DISTINCT descendant_id FROM geo.region_members) m
  ON CONFLICT DO NOTHING;
END $$;
COMMENT ON FUNCTION app.collect_stale_sale_cells() IS 'Fills app.stale_sale_cells from app.sale_changes: which months of which deepest regions are out of date.';

CREATE FUNCTION app.sale_cells_of(scope text) RETURNS text
  LANGUAGE sql IMMUTABLE AS $$
  SELECT format($query$
    WITH sale_sums AS (
      SELECT s.account_id, date_trunc('month', s.ordered_at, 'UTC') AS month, count(*) AS lines,
             sum(l.revenue) AS revenue, count(l.cost) AS costed_lines,
             COALESCE(sum(l.revenue - l.cost), 0) AS margin, sum(l.quantity) AS units
      FROM crm.sale_lines l
      JOIN crm.sales s ON s.sale_id = l.sale_id
      JOIN crm.accounts a ON a.account_id = s.account_id
      WHERE %1$s
      GROUP BY s.sale_id
    ), account_sums AS (
      SELECT account_id, month, count(*) AS orders, sum(lines) AS lines, sum(revenue) AS revenue,
             sum(costed_lines) AS costed_lines, sum(margin) AS margin, sum(units) AS units
      FROM sale_sums GROUP BY account_id, month
    )
    SELECT 'leaf_customer' AS grain, COALESCE(a.region_id, 0) AS region_id,
           CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END AS policy_region_id,
           c.month, a.placement, a.lifecycle, a.kind, a.segment, a.housing_type, a.owner_id, NULL::text AS category,
           sum(c.lines)::bigint AS lines, sum(c.revenue) AS revenue, sum(c.costed_lines)::bigint AS costed_lines,
           sum(c.margin) AS margin, sum(c.units) AS units, sum(c.orders)::bigint AS orders,
           count(*) AS active_accounts
    FROM account_sums c JOIN crm.accounts a ON a.account_id = c.account_id
    GROUP BY 2, 3, 4, 5, 6, 7, 8, 9, 10
    UNION ALL
    SELECT 'leaf_category', COALESCE(a.region_id, 0),
           CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END,
           date_trunc('month', s.ordered_at, 'UTC'), a.placement, NULL, NULL, NULL, NULL, NULL, p.category,
           count(*), sum(l.revenue), count(l.cost), COALESCE(sum(l.revenue - l.cost), 0), sum(l.quantity),
           NULL, NULL
    FROM crm.sale_lines l
    JOIN crm.sales s ON s.sale_id = l.sale_id
    JOIN crm.accounts a ON a.account_id = s.account_id
    LEFT JOIN crm.products p ON p.product_id = l.product_id
    WHERE %1$s
    GROUP BY 2, 3, 4, 5, 11
    $query$, scope)
$$;
COMMENT ON FUNCTION app.sale_cells_of(text) IS 'A query of the leaf cells of the sales s of accounts a that the condition selects.';

CREATE FUNCTION app.stale_sales_scope() RETURNS text
  LANGUAGE plpgsql STABLE AS $$
DECLARE
  stale record;
BEGIN
  SELECT min(month) AS first_month, max(month) + interval '1 month' AS end_month,
         array_agg(DISTINCT region_id) FILTER (WHERE region_id <> 0) AS regions,
         bool_or(region_id = 0) AS has_none
  INTO stale FROM app.stale_sale_cells;
  RETURN format(
    '(a.region_id = ANY (%L::bigint[])%s) AND s.ordered_at >= %L AND s.ordered_at < %L
     AND (COALESCE(a.region_id, 0), date_trunc(''month'', s.ordered_at, ''UTC''))
         IN (SELECT region_id, month FROM app.stale_sale_cells)',
    stale.regions, CASE WHEN stale.has_none THEN ' OR a.region_id IS NULL' ELSE '' END,
    stale.first_month, stale.end_month);
END $$;
COMMENT ON FUNCTION app.stale_sales_scope() IS 'Condition over sales s and accounts a for what is in app.stale_sale_cells, with its bounds written out so that the planner sees how little it is.';

CREATE FUNCTION app.add_sale_cells(grain text, dimensions text, source text) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($statement$
    INSERT INTO crm.sale_cells_%1$s AS cells
      (grain, level, region_id, parent_region_id, month, %2$s,
       lines, revenue, costed_lines, margin, units, orders, active_accounts)
    SELECT %1$L, m.level, m.region_id, m.parent_id, c.month, %2$s,
           sum(sign * lines), sum(sign * revenue), sum(sign * costed_lines), sum(sign * margin), sum(sign * units),
           sum(sign * orders), sum(sign * active_accounts)
    FROM app.changed_sale_cells c
    JOIN geo.region_members m ON m.descendant_id = c.region_id
    WHERE c.grain = %3$L
    GROUP BY m.level, m.region_id, m.parent_id, c.month, %2$s
    HAVING (sum(sign * lines), sum(sign * revenue), sum(sign * costed_lines), sum(sign * margin), sum(sign * units),
            COALESCE(sum(sign * orders), 0), COALESCE(sum(sign * active_accounts), 0))
           <> (0, 0, 0, 0, 0, 0, 0)
    ON CONFLICT (level, parent_region_id, region_id, month, %2$s) DO UPDATE SET
      lines = cells.lines + EXCLUDED.lines,
      revenue = cells.revenue + EXCLUDED.revenue,
      costed_lines = cells.costed_lines + EXCLUDED.costed_lines,
      margin = cells.margin + EXCLUDED.margin,
      units = cells.units + EXCLUDED.units,
      orders = cells.orders + EXCLUDED.orders,
      active_accounts = cells.active_accounts + EXCLUDED.active_accounts
    $statement$, grain, dimensions, source);
  EXECUTE format('DELETE FROM crm.sale_cells_%s WHERE lines = 0', grain);
END $$;
COMMENT ON FUNCTION app.add_sale_cells(text, text, text) IS 'Adds the changes of the leaf cells (app.changed_sale_cells) to the cells of every level above them; sums are numeric, so nothing is lost by adding and taking away.';

CREATE UNLOGGED TABLE app.changed_sale_cells (
  sign int NOT NULL,
  grain text NOT NULL,
  region_id bigint NOT NULL,
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
);
COMMENT ON TABLE app.changed_sale_cells IS 'Work table of crm.refresh_sale_cells(), empty outside of it: leaf cells that went (sign -1) and came (1).';

CREATE FUNCTION crm.refresh_sale_cells() RETURNS boolean
  LANGUAGE plpgsql SET jit = off SET timezone = 'UTC' SET work_mem = '128MB' AS $$
DECLARE
  leaf_columns constant text := 'grain, region_id, policy_region_id, month, placement, lifecycle, kind, segment,
    housing_type, owner_id, category, lines, revenue, costed_lines, margin, units, orders, active_accounts';
  everything boolean;
BEGIN
  PERFORM FROM app.sale_cells_state FOR UPDATE SKIP LOCKED;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM app.sale_changes) THEN
    RETURN false;
  END IF;
  everything := EXISTS (SELECT FROM app.sale_changes WHERE num_nonnulls(sale_from, account_id, region_id, month) = 0)
             OR NOT EXISTS (SELECT FROM crm.sale_cells_region);
  IF NOT everything THEN
    PERFORM app.collect_stale_sale_cells();
    everything := (SELECT count(*) FROM app.stale_sale_cells)
                > (SELECT count(*) FROM (SELECT DISTINCT region_id, month FROM crm.sale_cells_leaf_category) cells) / 2;
  END IF;

  IF everything THEN
    DELETE FROM crm.sale_cells;
    EXECUTE format('INSERT INTO app.changed_sale_cells (sign, %s) SELECT 1, * FROM (%s) fresh',
                   leaf_columns, app.sale_cells_of('true'));
  ELSE
    EXECUTE format('WITH gone AS (
        DELETE FROM crm.sale_cells c USING app.stale_sale_cells s
        WHERE c.grain IN (''leaf_category'', ''leaf_customer'')
          AND c.region_id = s.region_id AND c.month = s.month RETURNING c.*)
      INSERT INTO app.changed_sale_cells (sign, %1$s) SELECT -1, %1$s FROM gone', leaf_columns);
    EXECUTE format('INSERT INTO app.changed_sale_cells (sign, %s) SELECT 1, * FROM (%s) fresh',
                   leaf_columns, app.sale_cells_of(app.stale_sales_scope()));
  END IF;
  EXECUTE format('INSERT INTO crm.sale_cells (%1$s) SELECT %1$s FROM app.changed_sale_cells WHERE sign = 1',
                 leaf_columns);
  PERFORM app.add_sale_cells('region', 'placement, lifecycle', 'leaf_customer');
  PERFORM app.add_sale_cells('customer', 'placement, lifecycle, kind, segment, housing_type', 'leaf_customer');
  PERFORM app.add_sale_cells('category', 'placement, category', 'leaf_category');

  DELETE FROM app.changed_sale_cells;
  DELETE FROM app.stale_sale_cells;
  DELETE FROM app.sale_changes;
  UPDATE app.sale_cells_state SET refreshed_at = now();
  INSERT INTO app.changes (layer, row_id) VALUES ('sale_cells', NULL);
  RETURN true;
END $$;
COMMENT ON FUNCTION crm.refresh_sale_cells() IS 'Brings crm.sale_cells to the state of the caller''s snapshot, at a cost that follows what changed; false where nothing changed or another session is at it. Call it as the first statement of a transaction of isolation REPEATABLE READ.';

INSERT INTO app.sale_changes DEFAULT VALUES;
SELECT crm.refresh_sale_cells();
