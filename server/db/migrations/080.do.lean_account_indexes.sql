-- Most accounts have no owner, building or zone, and while they are loaded none has a region: an index of the
-- rows that have one costs nothing for the others. Conditions with = and ANY imply IS NOT NULL.
DROP INDEX crm.accounts_owner_id_idx;
DROP INDEX crm.accounts_postcode_idx;
DROP INDEX crm.accounts_region_id_idx;
DROP INDEX crm.accounts_postcode_region_id_idx;
DROP INDEX crm.accounts_building_id_idx;
DROP INDEX crm.accounts_road_id_idx;
DROP INDEX crm.accounts_zone_id_idx;
CREATE INDEX accounts_owner_id_idx ON crm.accounts (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX accounts_postcode_idx ON crm.accounts (postcode) WHERE postcode IS NOT NULL;
CREATE INDEX accounts_region_id_idx ON crm.accounts (region_id) WHERE region_id IS NOT NULL;
CREATE INDEX accounts_postcode_region_id_idx ON crm.accounts (postcode_region_id) WHERE postcode_region_id IS NOT NULL;
CREATE INDEX accounts_building_id_idx ON crm.accounts (building_id) WHERE building_id IS NOT NULL;
CREATE INDEX accounts_road_id_idx ON crm.accounts (road_id) WHERE road_id IS NOT NULL;
CREATE INDEX accounts_zone_id_idx ON crm.accounts (zone_id) WHERE zone_id IS NOT NULL;

CREATE FUNCTION geo.postcode_region(of_postcode text) RETURNS TABLE (region_id bigint)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT COALESCE(
    (SELECT p.region_id FROM geo.postcodes p WHERE p.postcode = of_postcode),
    (SELECT g.region_id
     FROM geo.postcode_ranges g JOIN geo.regions r ON r.region_id = g.region_id
     WHERE int8range(geo.postcode_key(g.first_postcode), geo.postcode_key(g.last_postcode), '[]')
         @> geo.postcode_key(of_postcode)
       AND g.first_postcode COLLATE "C" <= of_postcode COLLATE "C"
       AND g.last_postcode COLLATE "C" >= of_postcode COLLATE "C"
       AND length(g.first_postcode) = length(of_postcode)
     ORDER BY r.level DESC, g.first_postcode COLLATE "C" DESC, g.last_postcode COLLATE "C", g.region_id
     LIMIT 1))
$$;
COMMENT ON FUNCTION geo.postcode_region(text) IS 'The region that a postcode gives: that of the postcode itself, else of the deepest range of postcodes that holds it. One row, null where neither is known.';
