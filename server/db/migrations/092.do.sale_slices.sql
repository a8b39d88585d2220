-- What slices of sales are read from: order lines, or sums of them.

CREATE OR REPLACE VIEW crm.account_facts AS
SELECT a.account_id,
       a.kind,
       a.lifecycle,
       a.segment,
       a.origin,
       a.owner_id,
       a.postcode,
       a.city,
       a.placement,
       a.lead_since::timestamp AS lead_since,
       a.customer_since::timestamp AS customer_since,
       a.housing_type,
       a.zone_kind,
       a.road_class,
       a.road_condition,
       a.region_id,
       a.postcode_region_id,
       CASE
         WHEN a.geom IS NULL OR a.matched_at IS NULL THEN 'unknown'
         WHEN a.zone_distance_m IS NULL THEN 'over_20_km'
         WHEN a.zone_distance_m <= 0 THEN 'inside'
         WHEN a.zone_distance_m <= 250 THEN 'up_to_250_m'
         WHEN a.zone_distance_m <= 1000 THEN 'up_to_1_km'
         WHEN a.zone_distance_m <= 5000 THEN 'up_to_5_km'
         WHEN a.zone_distance_m <= 20000 THEN 'up_to_20_km'
         ELSE 'over_20_km'
       END AS zone_distance_band,
       CASE
         WHEN a.population_density_km2 IS NULL THEN 'unknown'
         WHEN a.population_density_km2 < 100 THEN 'under_100'
         WHEN a.population_density_km2 < 500 THEN 'under_500'
         WHEN a.population_density_km2 < 1500 THEN 'under_1500'
         WHEN a.population_density_km2 < 5000 THEN 'under_5000'
         ELSE 'from_5000'
       END AS population_density_band,
       '/' || array_to_string(policy_path.path_ids, '/') || '/' AS policy_region_path,
       CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END AS policy_region_id
FROM crm.accounts a
LEFT JOIN geo.region_paths policy_path
  ON policy_path.region_id = CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END;
COMMENT ON COLUMN crm.account_facts.policy_region_id IS 'The region by which row policy judges the account: of its point, or of its postcode where it is not placed.';

-- One view for each grain, all with the same columns: Cube reads a query from the one that can answer it. Columns
-- that a grain does not have are null in it.

CREATE VIEW crm.sale_slices_lines AS
SELECT l.sale_id,
       l.line_number,
       s.account_id,
       s.ordered_at,
       s.status,
       s.channel,
       p.category,
       p.subcategory,
       p.name AS product_name,
       a.lifecycle,
       a.kind,
       a.segment,
       a.origin,
       a.owner_id,
       a.postcode,
       a.city,
       a.placement,
       a.housing_type,
       a.zone_kind,
       a.zone_distance_band,
       a.road_class,
       a.road_condition,
       a.population_density_band,
       a.customer_since,
       a.lead_since,
       a.region_id AS deepest_region_id,
       a.postcode_region_id,
       a.policy_region_id,
       m.level AS region_level,
       m.region_id,
       m.parent_id AS parent_region_id,
       l.revenue::numeric AS revenue,
       (l.revenue - l.cost)::numeric AS margin,
       l.quantity::numeric AS units,
       NULL::bigint AS orders_of_cell,
       NULL::bigint AS accounts_of_cell
FROM crm.sale_lines l
JOIN crm.sales s ON s.sale_id = l.sale_id
JOIN crm.account_facts a ON a.account_id = s.account_id
JOIN geo.region_members m ON m.descendant_id = COALESCE(a.region_id, 0)
LEFT JOIN crm.products p ON p.product_id = l.product_id;
COMMENT ON VIEW crm.sale_slices_lines IS 'Order lines as the cube reads them, a row for each level of regions.';

CREATE VIEW crm.sale_slices_region AS
SELECT NULL::bigint AS sale_id,
       NULL::integer AS line_number,
       NULL::bigint AS account_id,
       c.month AS ordered_at,
       NULL::text AS status,
       NULL::text AS channel,
       NULL::text AS category,
       NULL::text AS subcategory,
       NULL::text AS product_name,
       c.lifecycle,
       NULL::text AS kind,
       NULL::text AS segment,
       NULL::text AS origin,
       NULL::text AS owner_id,
       NULL::text AS postcode,
       NULL::text AS city,
       c.placement,
       NULL::text AS housing_type,
       NULL::text AS zone_kind,
       NULL::text AS zone_distance_band,
       NULL::text AS road_class,
       NULL::text AS road_condition,
       NULL::text AS population_density_band,
       NULL::timestamp AS customer_since,
       NULL::timestamp AS lead_since,
       NULL::bigint AS deepest_region_id,
       NULL::bigint AS postcode_region_id,
       NULL::bigint AS policy_region_id,
       c.level AS region_level,
       c.region_id,
       c.parent_region_id,
       c.revenue,
       CASE WHEN c.costed_lines > 0 THEN c.margin END AS margin,
       c.units,
       c.orders AS orders_of_cell,
       c.active_accounts AS accounts_of_cell
FROM crm.sale_cells_region c;
COMMENT ON VIEW crm.sale_slices_region IS 'Sums of sales by region at each level and month, as the cube reads them.';

CREATE VIEW crm.sale_slices_category AS
SELECT NULL::bigint AS sale_id,
       NULL::integer AS line_number,
       NULL::bigint AS account_id,
       c.month AS ordered_at,
       NULL::text AS status,
       NULL::text AS channel,
       c.category,
       NULL::text AS subcategory,
       NULL::text AS product_name,
       NULL::text AS lifecycle,
       NULL::text AS kind,
       NULL::text AS segment,
       NULL::text AS origin,
       NULL::text AS owner_id,
       NULL::text AS postcode,
       NULL::text AS city,
       c.placement,
       NULL::text AS housing_type,
       NULL::text AS zone_kind,
       NULL::text AS zone_distance_band,
       NULL::text AS road_class,
       NULL::text AS road_condition,
       NULL::text AS population_density_band,
       NULL::timestamp AS customer_since,
       NULL::timestamp AS lead_since,
       NULL::bigint AS deepest_region_id,
       NULL::bigint AS postcode_region_id,
       NULL::bigint AS policy_region_id,
       c.level AS region_level,
       c.region_id,
       c.parent_region_id,
       c.revenue,
       CASE WHEN c.costed_lines > 0 THEN c.margin END AS margin,
       c.units,
       c.orders AS orders_of_cell,
       c.active_accounts AS accounts_of_cell
FROM crm.sale_cells_category c;
COMMENT ON VIEW crm.sale_slices_category IS 'Sums of sales by region at each level, month and category of the product, as the cube reads them.';

CREATE VIEW crm.sale_slices_customer AS
SELECT NULL::bigint AS sale_id,
       NULL::integer AS line_number,
       NULL::bigint AS account_id,
       c.month AS ordered_at,
       NULL::text AS status,
       NULL::text AS channel,
       NULL::text AS category,
       NULL::text AS subcategory,
       NULL::text AS product_name,
       c.lifecycle,
       c.kind,
       c.segment,
       NULL::text AS origin,
       NULL::text AS owner_id,
       NULL::text AS postcode,
       NULL::text AS city,
       c.placement,
       c.housing_type,
       NULL::text AS zone_kind,
       NULL::text AS zone_distance_band,
       NULL::text AS road_class,
       NULL::text AS road_condition,
       NULL::text AS population_density_band,
       NULL::timestamp AS customer_since,
       NULL::timestamp AS lead_since,
       NULL::bigint AS deepest_region_id,
       NULL::bigint AS postcode_region_id,
       NULL::bigint AS policy_region_id,
       c.level AS region_level,
       c.region_id,
       c.parent_region_id,
       c.revenue,
       CASE WHEN c.costed_lines > 0 THEN c.margin END AS margin,
       c.units,
       c.orders AS orders_of_cell,
       c.active_accounts AS accounts_of_cell
FROM crm.sale_cells_customer c;
COMMENT ON VIEW crm.sale_slices_customer IS 'Sums of sales by region at each level, month and attributes of the account, as the cube reads them.';

CREATE VIEW crm.sale_slices_leaf_customer AS
SELECT NULL::bigint AS sale_id,
       NULL::integer AS line_number,
       NULL::bigint AS account_id,
       c.month AS ordered_at,
       NULL::text AS status,
       NULL::text AS channel,
       NULL::text AS category,
       NULL::text AS subcategory,
       NULL::text AS product_name,
       c.lifecycle,
       c.kind,
       c.segment,
       NULL::text AS origin,
       c.owner_id,
       NULL::text AS postcode,
       NULL::text AS city,
       c.placement,
       c.housing_type,
       NULL::text AS zone_kind,
       NULL::text AS zone_distance_band,
       NULL::text AS road_class,
       NULL::text AS road_condition,
       NULL::text AS population_density_band,
       NULL::timestamp AS customer_since,
       NULL::timestamp AS lead_since,
       NULLIF(c.region_id, 0) AS deepest_region_id,
       NULL::bigint AS postcode_region_id,
       c.policy_region_id,
       m.level AS region_level,
       m.region_id,
       m.parent_id AS parent_region_id,
       c.revenue,
       CASE WHEN c.costed_lines > 0 THEN c.margin END AS margin,
       c.units,
       c.orders AS orders_of_cell,
       c.active_accounts AS accounts_of_cell
FROM crm.sale_cells_leaf_customer c
JOIN geo.region_members m ON m.descendant_id = c.region_id;
COMMENT ON VIEW crm.sale_slices_leaf_customer IS 'Sums of sales by deepest region, month, owner and attributes of the account, as the cube reads them: a row for each level of regions.';

COMMENT ON COLUMN crm.sale_slices_region.ordered_at IS 'The first moment of the month, in UTC.';
COMMENT ON COLUMN crm.sale_slices_region.orders_of_cell IS 'Orders of a cell; null for lines, which are counted by sale_id.';
COMMENT ON COLUMN crm.sale_slices_region.accounts_of_cell IS 'Accounts that ordered in the month of a cell; null for lines, which are counted by account_id.';

DROP VIEW crm.sale_line_facts;

-- Rollups of sales that Cube built before: it keeps the newest table of each name it knew.
DO $$
DECLARE
  old_table text;
BEGIN
  FOR old_table IN
    SELECT format('%I.%I', schemaname, tablename) FROM pg_catalog.pg_tables
    WHERE schemaname = 'prod_pre_aggregations' AND tablename SIMILAR TO 'sales\_(by\_category|by\_customer)%'
  LOOP
    EXECUTE 'DROP TABLE ' || old_table;
  END LOOP;
END $$;
