CREATE FUNCTION geo.attribution(source text, licence text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN source ~* 'openstreetmap|osm' THEN '© OpenStreetMap contributors'
              WHEN licence ~* 'cc0|public domain' THEN source
              ELSE source || COALESCE(' (' || licence || ')', '') END
$$;
COMMENT ON FUNCTION geo.attribution(text, text) IS 'Whom to name where rows of a source show; licences that ask for nothing are left out. Null without a source.';

-- Counters in place of a flag: shapes are made in several transactions, and rows may change in between.
ALTER TABLE geo.layer_versions
  DROP COLUMN is_stale,
  ADD COLUMN changes bigint NOT NULL DEFAULT 1,
  ADD COLUMN shaped_changes bigint NOT NULL DEFAULT 0;
ALTER TABLE geo.layer_versions
  ADD COLUMN is_stale boolean NOT NULL GENERATED ALWAYS AS (changes <> shaped_changes) STORED;
COMMENT ON COLUMN geo.layer_versions.changes IS 'Grows with every statement that changes rows of the layer; counted by triggers in the transaction of the change.';
COMMENT ON COLUMN geo.layer_versions.shaped_changes IS 'What changes was when the making of the present shapes began.';
COMMENT ON COLUMN geo.layer_versions.is_stale IS 'Rows of the layer changed since its shapes were made.';

CREATE OR REPLACE FUNCTION geo.mark_shapes_stale() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE geo.layer_versions SET changes = changes + 1 WHERE layer = TG_TABLE_NAME;
  RETURN NULL;
END $$;

ALTER TABLE geo.region_shapes ADD COLUMN label geometry(Point, 3857), ADD COLUMN label_zoom smallint;
ALTER TABLE geo.zone_shapes ADD COLUMN label geometry(Point, 3857), ADD COLUMN label_zoom smallint;
ALTER TABLE geo.land_cover_shapes ADD COLUMN label geometry(Point, 3857), ADD COLUMN label_zoom smallint;
COMMENT ON COLUMN geo.region_shapes.label IS 'Where the name stands, the same in every band: a point inside the largest part.';
COMMENT ON COLUMN geo.region_shapes.label_zoom IS 'The first zoom at which that part is wide enough for a name.';
COMMENT ON COLUMN geo.zone_shapes.label IS 'Where the name stands, the same in every band; null without a name.';
COMMENT ON COLUMN geo.zone_shapes.label_zoom IS 'The first zoom at which the largest part is wide enough for a name.';
COMMENT ON COLUMN geo.land_cover_shapes.label IS 'Where the name stands, the same in every band; null without a name.';
COMMENT ON COLUMN geo.land_cover_shapes.label_zoom IS 'The first zoom at which the largest part is wide enough for a name.';

CREATE FUNCTION geo.largest_part(shape geometry) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT part.geom FROM ST_Dump(shape) part ORDER BY ST_Area(part.geom) DESC, part.path LIMIT 1
$$;
COMMENT ON FUNCTION geo.largest_part(geometry) IS 'The polygon with the largest area of several.';

CREATE FUNCTION geo.label_zoom(part geometry) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT geo.zoom_of_size(sqrt(ST_Area(part)), 26)::smallint
$$;
COMMENT ON FUNCTION geo.label_zoom(geometry) IS 'The first zoom at which a polygon in EPSG:3857 is as large as a square of 26 pixels.';

DROP FUNCTION geo.refresh_stale_shapes(text);
DROP FUNCTION geo.refresh_shapes(text);
DROP FUNCTION geo.remake_shapes(text);
DROP FUNCTION geo.refresh_region_shapes();
DROP FUNCTION geo.refresh_road_shapes();
DROP FUNCTION geo.refresh_building_shapes();
DROP FUNCTION geo.refresh_zone_shapes();
DROP FUNCTION geo.refresh_land_cover_shapes();

CREATE FUNCTION geo.shape_regions(after_id bigint, to_id bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.region_shapes WHERE region_id > after_id AND region_id <= to_id;
  WITH projected AS MATERIALIZED (
    SELECT region_id, level, name, code, parent_id, geo.to_mercator(geom) AS shape
    FROM geo.regions WHERE geom IS NOT NULL AND level > 0 AND region_id > after_id AND region_id <= to_id
  ), sized AS MATERIALIZED (
    SELECT *, geo.zoom_of_size(sqrt(ST_Area(shape)), 0.25) AS min_zoom, geo.largest_part(shape) AS part FROM projected
  ), labelled AS MATERIALIZED (
    SELECT *, ST_PointOnSurface(part) AS label, geo.label_zoom(part) AS label_zoom FROM sized
  ), banded AS MATERIALIZED (
    SELECT l.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM labelled l CROSS JOIN generate_series(0, 5) band
    WHERE l.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.region_shapes (region_id, band, level, min_zoom, name, code, parent_id, geom, label, label_zoom)
  SELECT region_id, band, level, min_zoom, name, code, parent_id, banded_shape, label, label_zoom
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.shape_regions(bigint, bigint) IS 'Part of geo.shape_rows().';

COMMENT ON COLUMN geo.region_shapes.min_zoom IS 'The first zoom at which the area is as large as a quarter of a pixel in each direction: smaller ones leave no gap to be seen.';

CREATE FUNCTION geo.shape_roads(after_id bigint, to_id bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.road_shapes WHERE road_id > after_id AND road_id <= to_id;
  WITH projected AS MATERIALIZED (
    SELECT road_id, geo.road_min_zoom(class) AS min_zoom, class, condition, name, one_way,
           geo.to_mercator(geom) AS shape
    FROM geo.roads WHERE road_id > after_id AND road_id <= to_id
  ), banded AS MATERIALIZED (
    SELECT p.*, band, geo.generalised_line(shape, band) AS banded_shape
    FROM projected p CROSS JOIN generate_series(0, 5) band
    WHERE p.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.road_shapes (road_id, band, min_zoom, class, condition, name, one_way, geom)
  SELECT road_id, band, min_zoom, class, condition, name, one_way, banded_shape
  FROM banded WHERE GeometryType(banded_shape) = 'LINESTRING' AND NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.shape_roads(bigint, bigint) IS 'Part of geo.shape_rows().';

CREATE FUNCTION geo.shape_buildings(after_id bigint, to_id bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.building_shapes WHERE building_id > after_id AND building_id <= to_id;
  WITH projected AS MATERIALIZED (
    SELECT building_id, housing_type, year, levels, geo.to_mercator(geom) AS shape
    FROM geo.buildings WHERE building_id > after_id AND building_id <= to_id
  )
  INSERT INTO geo.building_shapes (building_id, band, min_zoom, housing_type, year, levels, geom)
  SELECT building_id, 5, greatest(13, geo.zoom_of_size(sqrt(ST_Area(shape)), 1)), housing_type, year, levels, shape
  FROM projected WHERE NOT ST_IsEmpty(shape)
$$;
COMMENT ON FUNCTION geo.shape_buildings(bigint, bigint) IS 'Part of geo.shape_rows().';

CREATE FUNCTION geo.shape_zones(after_id bigint, to_id bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.zone_shapes WHERE zone_id > after_id AND zone_id <= to_id;
  WITH projected AS MATERIALIZED (
    SELECT zone_id, kind, name, geo.to_mercator(geom) AS shape
    FROM geo.business_zones WHERE zone_id > after_id AND zone_id <= to_id
  ), sized AS MATERIALIZED (
    SELECT *, greatest(8, geo.zoom_of_size(sqrt(ST_Area(shape)), 1)) AS min_zoom,
           CASE WHEN name <> '' THEN geo.largest_part(shape) END AS part
    FROM projected
  ), labelled AS MATERIALIZED (
    SELECT *, ST_PointOnSurface(part) AS label, geo.label_zoom(part) AS label_zoom FROM sized
  ), banded AS MATERIALIZED (
    SELECT l.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM labelled l CROSS JOIN generate_series(2, 5) band
    WHERE l.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.zone_shapes (zone_id, band, min_zoom, kind, name, geom, label, label_zoom)
  SELECT zone_id, band, min_zoom, kind, name, banded_shape, label, label_zoom
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.shape_zones(bigint, bigint) IS 'Part of geo.shape_rows().';

CREATE FUNCTION geo.shape_land_cover(after_id bigint, to_id bigint) RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.land_cover_shapes WHERE land_cover_id > after_id AND land_cover_id <= to_id;
  WITH projected AS MATERIALIZED (
    SELECT land_cover_id, kind, name, geo.to_mercator(geom) AS shape
    FROM geo.land_cover WHERE land_cover_id > after_id AND land_cover_id <= to_id
  ), sized AS MATERIALIZED (
    SELECT *, greatest(5, geo.zoom_of_size(sqrt(ST_Area(shape)), 2)) AS min_zoom,
           CASE WHEN name <> '' THEN geo.largest_part(shape) END AS part
    FROM projected
  ), labelled AS MATERIALIZED (
    SELECT *, ST_PointOnSurface(part) AS label, geo.label_zoom(part) AS label_zoom FROM sized
  ), banded AS MATERIALIZED (
    SELECT l.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM labelled l CROSS JOIN generate_series(1, 5) band
    WHERE l.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.land_cover_shapes (land_cover_id, band, min_zoom, kind, name, geom, label, label_zoom)
  SELECT land_cover_id, band, min_zoom, kind, name, banded_shape, label, label_zoom
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.shape_land_cover(bigint, bigint) IS 'Part of geo.shape_rows().';

CREATE FUNCTION geo.shape_rows(layer_name text, after_id bigint, to_id bigint) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  -- Two who make the same shapes take turns, and the later one replaces them.
  PERFORM pg_advisory_xact_lock(hashtext('geo.shape_rows'), hashtext(layer_name));
  CASE layer_name
    WHEN 'regions' THEN PERFORM geo.shape_regions(after_id, to_id);
    WHEN 'roads' THEN PERFORM geo.shape_roads(after_id, to_id);
    WHEN 'buildings' THEN PERFORM geo.shape_buildings(after_id, to_id);
    WHEN 'business_zones' THEN PERFORM geo.shape_zones(after_id, to_id);
    WHEN 'land_cover' THEN PERFORM geo.shape_land_cover(after_id, to_id);
    ELSE RAISE EXCEPTION 'There is no layer of shapes called %', layer_name;
  END CASE;
END $$;
COMMENT ON FUNCTION geo.shape_rows(text, bigint, bigint) IS 'Makes the shapes of the rows above one id and up to another anew. Follow all parts by geo.finish_shapes().';

CREATE FUNCTION geo.finish_shapes(layer_name text, counted_changes bigint) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  new_version bigint;
BEGIN
  EXECUTE format($sql$
    UPDATE geo.layer_versions v
    SET version = v.version + 1, changed_at = now(), shaped_changes = $2, feature_count = facts.feature_count,
        west = ST_XMin(facts.box), south = ST_YMin(facts.box),
        east = ST_XMax(facts.box), north = ST_YMax(facts.box),
        attributions = COALESCE(facts.attributions, '{}'),
        details = CASE WHEN v.layer = 'regions'
                       THEN jsonb_build_object('levels', geo.region_level_zooms()) ELSE '{}'::jsonb END
    FROM (
      SELECT COALESCE(sum(origins.feature_count), 0) AS feature_count, ST_Extent(origins.box) AS box,
             array_agg(DISTINCT geo.attribution(origins.source, origins.licence))
               FILTER (WHERE origins.source IS NOT NULL) AS attributions
      FROM (SELECT source, licence, count(*) AS feature_count, ST_Extent(geom)::geometry AS box
            FROM geo.%I WHERE geom IS NOT NULL GROUP BY source, licence) origins
    ) facts
    WHERE v.layer = $1
    RETURNING v.version $sql$, layer_name)
  INTO new_version USING layer_name, counted_changes;
  RETURN new_version;
END $$;
COMMENT ON FUNCTION geo.finish_shapes(text, bigint) IS 'Raises the version of a layer whose shapes were made anew from the rows as they were at that count of changes, and answers it.';

CREATE FUNCTION geo.refresh_shapes(layer_name text) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  counted_changes bigint := (SELECT changes FROM geo.layer_versions WHERE layer = layer_name);
BEGIN
  PERFORM geo.shape_rows(layer_name, -9223372036854775808, 9223372036854775807);
  RETURN geo.finish_shapes(layer_name, counted_changes);
END $$;
COMMENT ON FUNCTION geo.refresh_shapes(text) IS 'Makes the shapes that tiles are cut from anew in one transaction, and raises the version of the layer; answers the version. Large layers better go in parts: geo.shape_rows() and geo.finish_shapes(). Layers: regions, roads, buildings, business_zones, land_cover.';
