ALTER TABLE geo.layer_versions ADD COLUMN is_stale boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN geo.layer_versions.is_stale IS 'Rows of the layer changed since geo.refresh_shapes(); set by triggers in the transaction of the change.';

CREATE FUNCTION geo.mark_shapes_stale() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  -- Without a condition: the lock makes a refresh wait for changes under way, so that none is lost.
  UPDATE geo.layer_versions SET is_stale = true WHERE layer = TG_TABLE_NAME;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION geo.mark_shapes_stale() IS 'Statement trigger of the tables that shapes are made of: says that tiles are behind.';

CREATE TRIGGER regions_shapes_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.regions
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER regions_shapes_columns AFTER UPDATE OF geom, level, name, code, parent_id ON geo.regions
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER roads_shapes_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.roads
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER roads_shapes_columns AFTER UPDATE OF geom, class, condition, name, one_way ON geo.roads
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER buildings_shapes_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.buildings
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER buildings_shapes_columns AFTER UPDATE OF geom, housing_type, year, levels ON geo.buildings
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER business_zones_shapes_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.business_zones
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER business_zones_shapes_columns AFTER UPDATE OF geom, kind, name ON geo.business_zones
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER land_cover_shapes_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.land_cover
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();
CREATE TRIGGER land_cover_shapes_columns AFTER UPDATE OF geom, kind, name ON geo.land_cover
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_shapes_stale();

ALTER FUNCTION geo.refresh_shapes(text) RENAME TO remake_shapes;
COMMENT ON FUNCTION geo.remake_shapes(text) IS 'Part of geo.refresh_shapes().';

CREATE FUNCTION geo.refresh_shapes(layer_name text) RETURNS bigint
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE geo.layer_versions SET is_stale = false WHERE layer = layer_name;
  RETURN geo.remake_shapes(layer_name);
END $$;
COMMENT ON FUNCTION geo.refresh_shapes(text) IS 'Makes the shapes that tiles are cut from anew after a layer was loaded, and raises its version; answers the version. Layers: regions, roads, buildings, business_zones, land_cover.';

CREATE FUNCTION geo.refresh_stale_shapes(layer_name text) RETURNS bigint
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM geo.layer_versions WHERE layer = layer_name AND is_stale FOR UPDATE;
  RETURN CASE WHEN FOUND THEN geo.refresh_shapes(layer_name) END;
END $$;
COMMENT ON FUNCTION geo.refresh_stale_shapes(text) IS 'geo.refresh_shapes() where the layer is behind; null where it is not. Servers that ask together make it once.';
