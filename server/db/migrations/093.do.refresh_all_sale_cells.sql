-- All sums anew go straight to their tables: nothing to compare with, and nothing to add to.

CREATE FUNCTION app.refresh_all_sale_cells() RETURNS void
  LANGUAGE plpgsql AS $$
DECLARE
  leaf_columns constant text := 'grain, region_id, policy_region_id, month, placement, lifecycle, kind, segment,
    housing_type, owner_id, category, lines, revenue, costed_lines, margin, units, orders, active_accounts';
  level_grain record;
BEGIN
  DELETE FROM crm.sale_cells;
  EXECUTE format('INSERT INTO crm.sale_cells (%s) %s', leaf_columns, app.sale_cells_of('true'));
  FOR level_grain IN
    SELECT * FROM (VALUES
      ('region', 'leaf_customer', 'placement, lifecycle'),
      ('customer', 'leaf_customer', 'placement, lifecycle, kind, segment, housing_type'),
      ('category', 'leaf_category', 'placement, category')) AS grains (name, source, dimensions)
  LOOP
    EXECUTE format($statement$
      INSERT INTO crm.sale_cells_%1$s
        (grain, level, region_id, parent_region_id, month, %2$s,
         lines, revenue, costed_lines, margin, units, orders, active_accounts)
      SELECT %1$L, m.level, m.region_id, m.parent_id, c.month, %2$s,
             sum(lines), sum(revenue), sum(costed_lines), sum(margin), sum(units), sum(orders), sum(active_accounts)
      FROM crm.sale_cells_%3$s c JOIN geo.region_members m ON m.descendant_id = c.region_id
      GROUP BY m.level, m.region_id, m.parent_id, c.month, %2$s
      $statement$, level_grain.name, level_grain.dimensions, level_grain.source);
  END LOOP;
END $$;
COMMENT ON FUNCTION app.refresh_all_sale_cells() IS 'The part of crm.refresh_sale_cells() that builds all sums anew.';

CREATE FUNCTION app.refresh_stale_sale_cells() RETURNS void
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
  PERFORM app.add_sale_cells('region', 'placement, lifecycle', 'leaf_customer');
  PERFORM app.add_sale_cells('customer', 'placement, lifecycle, kind, segment, housing_type', 'leaf_customer');
  PERFORM app.add_sale_cells('category', 'placement, category', 'leaf_category');
  DELETE FROM app.changed_sale_cells;
END $$;
COMMENT ON FUNCTION app.refresh_stale_sale_cells() IS 'The part of crm.refresh_sale_cells() that builds anew what app.stale_sale_cells names.';

CREATE OR REPLACE FUNCTION crm.refresh_sale_cells() RETURNS boolean
  LANGUAGE plpgsql SET jit = off SET timezone = 'UTC' SET work_mem = '128MB' AS $$
DECLARE
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
    PERFORM app.refresh_all_sale_cells();
  ELSE
    PERFORM app.refresh_stale_sale_cells();
  END IF;
  DELETE FROM app.stale_sale_cells;
  DELETE FROM app.sale_changes;
  UPDATE app.sale_cells_state SET refreshed_at = now();
  INSERT INTO app.changes (layer, row_id) VALUES ('sale_cells', NULL);
  RETURN true;
END $$;
