CREATE TABLE geo.layer_versions (
  layer text CONSTRAINT layer_versions_pkey PRIMARY KEY,
  version bigint NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT now(),
  feature_count bigint NOT NULL DEFAULT 0,
  west double precision,
  south double precision,
  east double precision,
  north double precision,
  attributions text[] NOT NULL DEFAULT '{}',
  details jsonb NOT NULL DEFAULT '{}',
  CONSTRAINT layer_versions_layer_check CHECK (layer IN ('regions','roads','buildings','business_zones','land_cover'))
);
COMMENT ON TABLE geo.layer_versions IS 'What tiles of shapes are made of: a version that every geo.refresh_shapes() raises, and facts for the catalog.';
COMMENT ON COLUMN geo.layer_versions.west IS 'Bounds in EPSG:4326; null where the layer is empty.';
COMMENT ON COLUMN geo.layer_versions.attributions IS 'Whom to name where the layer shows.';
COMMENT ON COLUMN geo.layer_versions.details IS 'For regions, levels: from which zoom on each level is the one to show.';
INSERT INTO geo.layer_versions (layer) VALUES ('regions'), ('roads'), ('buildings'), ('business_zones'), ('land_cover');

CREATE FUNCTION geo.shape_band(zoom int) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT (CASE WHEN zoom <= 4 THEN 0 WHEN zoom <= 6 THEN 1 WHEN zoom <= 8 THEN 2
               WHEN zoom <= 10 THEN 3 WHEN zoom <= 12 THEN 4 ELSE 5 END)::smallint
$$;
COMMENT ON FUNCTION geo.shape_band(int) IS 'The band of generalised shapes that serves a zoom: 0 = up to z4, 1 = z5-6, 2 = z7-8, 3 = z9-10, 4 = z11-12, 5 = from z13, as loaded.';

CREATE FUNCTION geo.band_max_zoom(band int) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN band < 5 THEN 4 + 2 * band ELSE 22 END
$$;
COMMENT ON FUNCTION geo.band_max_zoom(int) IS 'The finest zoom that a band serves.';

CREATE FUNCTION geo.pixel_size(zoom int) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT 40075016.68557849 / 512 / 2 ^ zoom
$$;
COMMENT ON FUNCTION geo.pixel_size(int) IS 'Side of a pixel of a 512-pixel tile in units of EPSG:3857.';

CREATE FUNCTION geo.zoom_of_size(size double precision, pixels double precision) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN size <= 0 THEN 22
              ELSE greatest(0, least(22, ceil(log(2, (geo.pixel_size(0) * pixels / size)::numeric))))::int END
$$;
COMMENT ON FUNCTION geo.zoom_of_size(double precision, double precision) IS 'The first zoom at which a length in units of EPSG:3857 is so many pixels long.';

CREATE FUNCTION geo.to_mercator(geom geometry) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ST_Transform(
    CASE WHEN ST_YMax(geom) > 85.051128 OR ST_YMin(geom) < -85.051128
         THEN ST_SetSRID(ST_ClipByBox2D(geom, ST_MakeBox2D(ST_Point(-180, -85.051128), ST_Point(180, 85.051128))), 4326)
         ELSE geom END, 3857)
$$;
COMMENT ON FUNCTION geo.to_mercator(geometry) IS 'A shape in EPSG:3857, cut where that projection ends.';

CREATE FUNCTION geo.generalised_area(geom geometry, band int) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN band >= 5 THEN ST_Multi(geom)
              ELSE ST_Multi(ST_CollectionExtract(ST_MakeValid(
                     ST_SnapToGrid(geom, geo.pixel_size(geo.band_max_zoom(band)) / 2)), 3)) END
$$;
COMMENT ON FUNCTION geo.generalised_area(geometry, int) IS 'An area in EPSG:3857 for a band: each corner moves to a grid of half a pixel. Neighbours move their common corners alike, so no gap opens between them.';

CREATE FUNCTION geo.generalised_line(geom geometry, band int) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN band >= 5 THEN geom
              ELSE COALESCE(ST_Simplify(geom, geo.pixel_size(geo.band_max_zoom(band)) / 2, true), geom) END
$$;
COMMENT ON FUNCTION geo.generalised_line(geometry, int) IS 'A line in EPSG:3857 for a band, never more than half a pixel from where it was; its ends stay.';

CREATE FUNCTION geo.road_min_zoom(class text) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT (CASE class WHEN 'motorway' THEN 5 WHEN 'trunk' THEN 5 WHEN 'primary' THEN 7
                     WHEN 'secondary' THEN 9 WHEN 'tertiary' THEN 11 WHEN 'residential' THEN 13
                     ELSE 14 END)::smallint
$$;
COMMENT ON FUNCTION geo.road_min_zoom(text) IS 'The first zoom that shows roads of a class.';

CREATE TABLE geo.region_shapes (
  region_id bigint NOT NULL,
  band smallint NOT NULL,
  level smallint NOT NULL,
  min_zoom smallint NOT NULL,
  name text NOT NULL,
  code text NOT NULL,
  parent_id bigint,
  geom geometry(MultiPolygon, 3857) NOT NULL,
  CONSTRAINT region_shapes_pkey PRIMARY KEY (region_id, band)
);
CREATE INDEX region_shapes_geom_idx ON geo.region_shapes USING gist (band, level, geom);
COMMENT ON TABLE geo.region_shapes IS 'Shapes of regions by band, as tiles need them. Derived: geo.refresh_shapes(''regions'').';

CREATE TABLE geo.road_shapes (
  road_id bigint NOT NULL,
  band smallint NOT NULL,
  min_zoom smallint NOT NULL,
  class text NOT NULL,
  condition text NOT NULL,
  name text,
  one_way text NOT NULL,
  geom geometry(LineString, 3857) NOT NULL,
  CONSTRAINT road_shapes_pkey PRIMARY KEY (road_id, band)
);
CREATE INDEX road_shapes_geom_idx ON geo.road_shapes USING gist (band, geom);
COMMENT ON TABLE geo.road_shapes IS 'Shapes of roads by band, as tiles need them. Derived: geo.refresh_shapes(''roads'').';

CREATE TABLE geo.building_shapes (
  building_id bigint NOT NULL,
  band smallint NOT NULL,
  min_zoom smallint NOT NULL,
  housing_type text NOT NULL,
  year smallint,
  levels smallint,
  geom geometry(MultiPolygon, 3857) NOT NULL,
  CONSTRAINT building_shapes_pkey PRIMARY KEY (building_id, band)
);
CREATE INDEX building_shapes_geom_idx ON geo.building_shapes USING gist (band, geom);
COMMENT ON TABLE geo.building_shapes IS 'Footprints for tiles. Derived: geo.refresh_shapes(''buildings'').';

CREATE TABLE geo.zone_shapes (
  zone_id bigint NOT NULL,
  band smallint NOT NULL,
  min_zoom smallint NOT NULL,
  kind text NOT NULL,
  name text,
  geom geometry(MultiPolygon, 3857) NOT NULL,
  CONSTRAINT zone_shapes_pkey PRIMARY KEY (zone_id, band)
);
CREATE INDEX zone_shapes_geom_idx ON geo.zone_shapes USING gist (band, geom);
COMMENT ON TABLE geo.zone_shapes IS 'Shapes of business zones by band. Derived: geo.refresh_shapes(''business_zones'').';

CREATE TABLE geo.land_cover_shapes (
  land_cover_id bigint NOT NULL,
  band smallint NOT NULL,
  min_zoom smallint NOT NULL,
  kind text NOT NULL,
  name text,
  geom geometry(MultiPolygon, 3857) NOT NULL,
  CONSTRAINT land_cover_shapes_pkey PRIMARY KEY (land_cover_id, band)
);
CREATE INDEX land_cover_shapes_geom_idx ON geo.land_cover_shapes USING gist (band, geom);
COMMENT ON TABLE geo.land_cover_shapes IS 'Shapes of land cover by band. Derived: geo.refresh_shapes(''land_cover'').';

COMMENT ON COLUMN geo.region_shapes.band IS 'See geo.shape_band().';
COMMENT ON COLUMN geo.region_shapes.min_zoom IS 'The first zoom at which the area is as large as a pixel.';
COMMENT ON COLUMN geo.road_shapes.min_zoom IS 'See geo.road_min_zoom().';
COMMENT ON COLUMN geo.building_shapes.min_zoom IS 'The first zoom at which the area is as large as a pixel.';
COMMENT ON COLUMN geo.zone_shapes.min_zoom IS 'The first zoom at which the area is as large as a pixel.';
COMMENT ON COLUMN geo.land_cover_shapes.min_zoom IS 'The first zoom at which the area is as large as a pixel.';

CREATE FUNCTION geo.refresh_region_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.region_shapes;
  WITH projected AS MATERIALIZED (
    SELECT region_id, level, name, code, parent_id, geo.to_mercator(geom) AS shape
    FROM geo.regions WHERE geom IS NOT NULL AND level > 0
  ), banded AS (
    SELECT p.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM projected p CROSS JOIN generate_series(0, 5) band
  )
  INSERT INTO geo.region_shapes (region_id, band, level, min_zoom, name, code, parent_id, geom)
  SELECT region_id, band, level, geo.zoom_of_size(sqrt(ST_Area(shape)), 1), name, code, parent_id, banded_shape
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.refresh_region_shapes() IS 'Part of geo.refresh_shapes().';

CREATE FUNCTION geo.refresh_road_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.road_shapes;
  WITH projected AS MATERIALIZED (
    SELECT road_id, geo.road_min_zoom(class) AS min_zoom, class, condition, name, one_way,
           geo.to_mercator(geom) AS shape
    FROM geo.roads
  ), banded AS (
    SELECT p.*, band, geo.generalised_line(shape, band) AS banded_shape
    FROM projected p CROSS JOIN generate_series(0, 5) band
    WHERE p.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.road_shapes (road_id, band, min_zoom, class, condition, name, one_way, geom)
  SELECT road_id, band, min_zoom, class, condition, name, one_way, banded_shape
  FROM banded WHERE GeometryType(banded_shape) = 'LINESTRING' AND NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.refresh_road_shapes() IS 'Part of geo.refresh_shapes().';

CREATE FUNCTION geo.refresh_building_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.building_shapes;
  INSERT INTO geo.building_shapes (building_id, band, min_zoom, housing_type, year, levels, geom)
  SELECT building_id, 5, greatest(13, geo.zoom_of_size(sqrt(ST_Area(shape)), 1)), housing_type, year, levels, shape
  FROM (SELECT b.*, geo.to_mercator(geom) AS shape FROM geo.buildings b) projected
  WHERE NOT ST_IsEmpty(shape)
$$;
COMMENT ON FUNCTION geo.refresh_building_shapes() IS 'Part of geo.refresh_shapes().';

CREATE FUNCTION geo.refresh_zone_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.zone_shapes;
  WITH projected AS MATERIALIZED (
    SELECT zone_id, kind, name, geo.to_mercator(geom) AS shape FROM geo.business_zones
  ), banded AS (
    SELECT p.*, band, geo.generalised_area(shape, band) AS banded_shape,
           greatest(8, geo.zoom_of_size(sqrt(ST_Area(shape)), 1)) AS min_zoom
    FROM projected p CROSS JOIN generate_series(2, 5) band
  )
  INSERT INTO geo.zone_shapes (zone_id, band, min_zoom, kind, name, geom)
  SELECT zone_id, band, min_zoom, kind, name, banded_shape
  FROM banded WHERE min_zoom <= geo.band_max_zoom(band) AND NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.refresh_zone_shapes() IS 'Part of geo.refresh_shapes().';

CREATE FUNCTION geo.refresh_land_cover_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.land_cover_shapes;
  WITH projected AS MATERIALIZED (
    SELECT land_cover_id, kind, name, geo.to_mercator(geom) AS shape FROM geo.land_cover
  ), banded AS (
    SELECT p.*, band, geo.generalised_area(shape, band) AS banded_shape,
           greatest(5, geo.zoom_of_size(sqrt(ST_Area(shape)), 2)) AS min_zoom
    FROM projected p CROSS JOIN generate_series(1, 5) band
  )
  INSERT INTO geo.land_cover_shapes (land_cover_id, band, min_zoom, kind, name, geom)
  SELECT land_cover_id, band, min_zoom, kind, name, banded_shape
  FROM banded WHERE min_zoom <= geo.band_max_zoom(band) AND NOT ST_IsEmpty(banded_shape)
$$;
COMMENT ON FUNCTION geo.refresh_land_cover_shapes() IS 'Part of geo.refresh_shapes().';

CREATE FUNCTION geo.region_level_zooms() RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT COALESCE(jsonb_agg(jsonb_build_object('level', level, 'minZoom', min_zoom) ORDER BY level), '[]')
  FROM (
    SELECT level, CASE WHEN row_number() OVER by_level = 1 THEN 0 ELSE max(min_zoom) OVER by_level END AS min_zoom
    FROM (
      SELECT level, geo.zoom_of_size(
               percentile_cont(0.5) WITHIN GROUP (ORDER BY sqrt(ST_Area(geom))), 48) AS min_zoom
      FROM geo.region_shapes WHERE band = 5 GROUP BY level
    ) typical
    WINDOW by_level AS (ORDER BY level)
  ) zooms
$$;
COMMENT ON FUNCTION geo.region_level_zooms() IS 'From which zoom on each level of regions is the one to show: where a typical region of it is 48 pixels wide, so that it can be read and clicked.';

CREATE FUNCTION geo.refresh_shapes(layer_name text) RETURNS bigint
  LANGUAGE plpgsql AS $$
DECLARE
  new_version bigint;
BEGIN
  CASE layer_name
    WHEN 'regions' THEN PERFORM geo.refresh_region_shapes();
    WHEN 'roads' THEN PERFORM geo.refresh_road_shapes();
    WHEN 'buildings' THEN PERFORM geo.refresh_building_shapes();
    WHEN 'business_zones' THEN PERFORM geo.refresh_zone_shapes();
    WHEN 'land_cover' THEN PERFORM geo.refresh_land_cover_shapes();
    ELSE RAISE EXCEPTION 'There is no layer of shapes called %', layer_name;
  END CASE;
  EXECUTE format($sql$
    UPDATE geo.layer_versions v
    SET version = v.version + 1, changed_at = now(), feature_count = facts.feature_count,
        west = ST_XMin(facts.box), south = ST_YMin(facts.box),
        east = ST_XMax(facts.box), north = ST_YMax(facts.box),
        attributions = COALESCE(facts.attributions, '{}'),
        details = CASE WHEN v.layer = 'regions'
                       THEN jsonb_build_object('levels', geo.region_level_zooms()) ELSE '{}'::jsonb END
    FROM (
      SELECT count(*) AS feature_count, ST_Extent(geom) AS box,
             array_agg(DISTINCT CASE WHEN source ~* 'openstreetmap|osm' THEN '© OpenStreetMap contributors'
                                     ELSE source || COALESCE(' (' || licence || ')', '') END)
               FILTER (WHERE source IS NOT NULL) AS attributions
      FROM geo.%I WHERE geom IS NOT NULL
    ) facts
    WHERE v.layer = $1
    RETURNING v.version $sql$, layer_name)
  INTO new_version USING layer_name;
  RETURN new_version;
END $$;
COMMENT ON FUNCTION geo.refresh_shapes(text) IS 'Makes the shapes that tiles are cut from anew after a layer was loaded, and raises its version; answers the version. Layers: regions, roads, buildings, business_zones, land_cover.';
