-- Views that the cube reads. Left joins in them cost nothing where their columns are not asked for:
-- the planner drops a left join on a primary key.

CREATE VIEW crm.account_facts AS
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
       '/' || array_to_string(policy_path.path_ids, '/') || '/' AS policy_region_path
FROM crm.accounts a
LEFT JOIN geo.region_paths policy_path
  ON policy_path.region_id = CASE WHEN a.geom IS NULL THEN a.postcode_region_id ELSE a.region_id END;
COMMENT ON VIEW crm.account_facts IS 'Accounts as the cube reads them: attributes, bands and the keys to regions.';
COMMENT ON COLUMN crm.account_facts.zone_distance_band IS 'Distance to the nearest business zone in bands; over_20_km where none is near, unknown where the account is not placed or not matched yet.';
COMMENT ON COLUMN crm.account_facts.population_density_band IS 'Inhabitants per km² around the account in bands.';
COMMENT ON COLUMN crm.account_facts.policy_region_path IS 'Ids from the project down to the region by which row policy judges the account, as /1/7/77/: of its point, or of its postcode where it is not placed.';

CREATE VIEW crm.sale_line_facts AS
SELECT l.sale_id,
       l.line_number,
       s.account_id,
       s.ordered_at,
       s.status,
       s.channel,
       p.category,
       p.subcategory,
       p.name AS product_name,
       l.quantity,
       l.revenue,
       l.revenue - l.cost AS margin
FROM crm.sale_lines l
JOIN crm.sales s ON s.sale_id = l.sale_id
LEFT JOIN crm.products p ON p.product_id = l.product_id;
COMMENT ON VIEW crm.sale_line_facts IS 'Lines of orders with their order and product, as the cube reads them.';
COMMENT ON COLUMN crm.sale_line_facts.margin IS 'Revenue less cost of the line; null where the cost is unknown.';

CREATE VIEW crm.payment_facts AS
SELECT p.payment_id,
       p.payment_type,
       p.installments,
       p.value,
       s.account_id,
       s.ordered_at
FROM crm.payments p
LEFT JOIN crm.sales s ON s.sale_id = p.sale_id;
COMMENT ON VIEW crm.payment_facts IS 'Payments with the account that paid, null where the order itself was not loaded.';

CREATE VIEW geo.place_facts AS
SELECT place_id, category, kind, city, postcode, region_id
FROM geo.places;
COMMENT ON VIEW geo.place_facts IS 'Places as the cube reads them.';

CREATE VIEW geo.regions_at_level AS
SELECT m.descendant_id,
       m.level,
       m.region_id,
       m.parent_id,
       r.code,
       r.name,
       r.population,
       r.households,
       r.dwellings
FROM geo.region_members m
LEFT JOIN geo.regions r ON r.region_id = m.region_id;
COMMENT ON VIEW geo.regions_at_level IS 'For every region (descendant_id) the region that holds it at each level, with the statistics that ratios divide by; all null for "elsewhere" and "not placed".';

CREATE VIEW geo.region_facts AS
SELECT r.region_id,
       r.level,
       r.code,
       r.name,
       m.parent_id,
       r.population,
       r.households,
       r.dwellings,
       r.area_km2
FROM geo.regions r
LEFT JOIN geo.region_members m ON m.descendant_id = r.region_id AND m.level = r.level;
COMMENT ON VIEW geo.region_facts IS 'Regions with their statistics, one row a region, as the cube reads them.';
