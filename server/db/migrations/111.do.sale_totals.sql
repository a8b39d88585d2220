-- Sums over all months: what a map shows that no period was chosen for.

CREATE TABLE crm.sale_cells_region_total PARTITION OF crm.sale_cells FOR VALUES IN ('region_total');
CREATE TABLE crm.sale_cells_category_total PARTITION OF crm.sale_cells FOR VALUES IN ('category_total');
CREATE TABLE crm.sale_cells_customer_total PARTITION OF crm.sale_cells FOR VALUES IN ('customer_total');
COMMENT ON COLUMN crm.sale_cells.grain IS 'What the sums are by beside region and month. region: placement, lifecycle; category: placement, category; customer: placement, lifecycle, kind, segment, housing_type; leaf_customer: those and owner_id. With _total the same over all months.';
COMMENT ON COLUMN crm.sale_cells.month IS 'The first moment of the month in UTC; -infinity in totals.';
COMMENT ON COLUMN crm.sale_cells.active_accounts IS 'Accounts that ordered in the month: may be added up over cells of one month, not over months. In totals the sum over months, which says nothing.';

CREATE UNIQUE INDEX sale_cells_region_total_key ON crm.sale_cells_region_total
  (level, parent_region_id, region_id, month, placement, lifecycle) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX sale_cells_category_total_key ON crm.sale_cells_category_total
  (level, parent_region_id, region_id, month, placement, category) NULLS NOT DISTINCT;
CREATE UNIQUE INDEX sale_cells_customer_total_key ON crm.sale_cells_customer_total
  (level, parent_region_id, region_id, month, placement, lifecycle, kind, segment, housing_type) NULLS NOT DISTINCT;
CREATE INDEX sale_cells_region_total_empty_idx ON crm.sale_cells_region_total (lines) WHERE lines = 0;
CREATE INDEX sale_cells_category_total_empty_idx ON crm.sale_cells_category_total (lines) WHERE lines = 0;
CREATE INDEX sale_cells_customer_total_empty_idx ON crm.sale_cells_customer_total (lines) WHERE lines = 0;

CREATE FUNCTION app.sale_cell_grains() RETURNS TABLE (name text, source text, dimensions text, month text)
  LANGUAGE sql IMMUTABLE AS $$
  SELECT name || total.suffix, source, dimensions, total.month
  FROM (VALUES
    ('region', 'leaf_customer', 'placement, lifecycle'),
    ('customer', 'leaf_customer', 'placement, lifecycle, kind, segment, housing_type'),
    ('category', 'leaf_category', 'placement, category')) AS grains (name, source, dimensions)
  CROSS JOIN (VALUES ('', 'c.month'), ('_total', '''-infinity''::timestamptz')) AS total (suffix, month)
$$;
COMMENT ON FUNCTION app.sale_cell_grains() IS 'The grains by level of regions: their name, the leaf grain they are added up from, what they are by beside region, and the expression of their month.';

DROP FUNCTION app.add_sale_cells(text, text, text);
CREATE FUNCTION app.add_sale_cells(grain text, source text, dimensions text, month text) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($statement$
    INSERT INTO crm.sale_cells_%1$s AS cells
      (grain, level, region_id, parent_region_id, month, %2$s,
       lines, revenue, costed_lines, margin, units, orders, active_accounts)
    SELECT %1$L, m.level, m.region_id, m.parent_id, %4$s, %2$s,
           sum(sign * lines), sum(sign * revenue), sum(sign * costed_lines), sum(sign * margin), sum(sign * units),
           sum(sign * orders), sum(sign * active_accounts)
    FROM app.changed_sale_cells c
    JOIN geo.region_members m ON m.descendant_id = c.region_id
    WHERE c.grain = %3$L
    GROUP BY m.level, m.region_id, m.parent_id, %4$s, %2$s
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
    $statement$, grain, dimensions, source, month);
  EXECUTE format('DELETE FROM crm.sale_cells_%s WHERE lines = 0', grain);
END $$;
COMMENT ON FUNCTION app.add_sale_cells(text, text, text, text) IS 'Adds the changes of the leaf cells (app.changed_sale_cells) to the cells of every level above them, for a row of app.sale_cell_grains(); sums are numeric, so nothing is lost by adding and taking away.';

CREATE OR REPLACE FUNCTION app.refresh_all_sale_cells() RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  leaf_columns constant text := 'grain, region_id, policy_region_id, month, placement, lifecycle, kind, segment,
    housing_type, owner_id, category, lines, revenue, costed_lines, margin, units, orders, active_accounts';
  level_grain record;
BEGIN
  DELETE FROM crm.sale_cells;
  EXECUTE format('INSERT INTO crm.sale_cells (%s) %s', leaf_columns, app.sale_cells_of('true'));
  FOR level_grain IN SELECT * FROM app.sale_cell_grains() WHERE name NOT LIKE '%\_total' LOOP
    EXECUTE format($statement$
      INSERT INTO crm.sale_cells_%1$s
        (grain, level, region_id, parent_region_id, month, %2$s,
         lines, revenue, costed_lines, margin, units, orders, active_accounts)
      SELECT %1$L, m.level, m.region_id, m.parent_id, c.month, %2$s,
             sum(lines), sum(revenue), sum(costed_lines), sum(margin), sum(units), sum(orders), sum(active_accounts)
      FROM crm.sale_cells_%3$s c JOIN geo.region_members m ON m.descendant_id = c.region_id
      GROUP BY m.level, m.region_id, m.parent_id, c.month, %2$s
      $statement$, level_grain.name, level_grain.dimensions, level_grain.source);
    PERFORM app.add_up_sale_totals(level_grain.name, level_grain.dimensions);
  END LOOP;
END $$;

CREATE FUNCTION app.add_up_sale_totals(grain text, dimensions text) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format($statement$
    INSERT INTO crm.sale_cells_%1$s_total
      (grain, level, region_id, parent_region_id, month, %2$s,
       lines, revenue, costed_lines, margin, units, orders, active_accounts)
    SELECT '%1$s_total', level, region_id, parent_region_id, '-infinity', %2$s,
           sum(lines), sum(revenue), sum(costed_lines), sum(margin), sum(units), sum(orders), sum(active_accounts)
    FROM crm.sale_cells_%1$s
    GROUP BY level, region_id, parent_region_id, %2$s
    $statement$, grain, dimensions);
END $$;
COMMENT ON FUNCTION app.add_up_sale_totals(text, text) IS 'Fills the totals of a grain, empty before, from its cells by month.';

CREATE OR REPLACE FUNCTION app.refresh_stale_sale_cells() RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  leaf_columns constant text := 'grain, region_id, policy_region_id, month, placement, lifecycle, kind, segment,
    housing_type, owner_id, category, lines, revenue, costed_lines, margin, units, orders, active_accounts';
BEGIN
  EXECUTE format('WITH gone AS (
      DELETE FROM crm.sale_cells c USING app.stale_sale_cells s
      WHERE c.grain IN (''leaf_category'', ''leaf_customer'')
        AND c.region_id = s.region_id AND c.month = s.month RETURNING c.*)
    INSERT INTO app.changed_sale_cells (sign, %1$s) SELECT -1, %1$s FROM gone', leaf_columns);
  EXECUTE format('INSERT INTO app.changed_sale_cells (sign, %s) SELECT 1, * FROM (%s) fresh',
                 leaf_columns, app.sale_cells_of(app.stale_sales_scope()));
  EXECUTE format('INSERT INTO crm.sale_cells (%1$s) SELECT %1$s FROM app.changed_sale_cells WHERE sign = 1',
                 leaf_columns);
  PERFORM app.add_sale_cells(name, source, dimensions, month) FROM app.sale_cell_grains();
  DELETE FROM app.changed_sale_cells;
END $$;

DO $$
DECLARE
  grain text;
BEGIN
  FOREACH grain IN ARRAY ARRAY['region', 'category', 'customer'] LOOP
    EXECUTE format('CREATE VIEW crm.sale_slices_%s_total AS %s', grain,
                   replace(pg_get_viewdef(format('crm.sale_slices_%s', grain)::regclass),
                           format('sale_cells_%s c', grain), format('sale_cells_%s_total c', grain)));
    EXECUTE format('COMMENT ON VIEW crm.sale_slices_%1$s_total IS %2$L', grain,
                   format('As crm.sale_slices_%s over all months, as the cube reads them: ordered_at and accounts_of_cell say nothing.', grain));
  END LOOP;
  PERFORM app.add_up_sale_totals(name, dimensions) FROM app.sale_cell_grains() WHERE name NOT LIKE '%\_total';
END $$;
