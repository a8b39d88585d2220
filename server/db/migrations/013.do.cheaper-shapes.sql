CREATE OR REPLACE FUNCTION geo.generalised_area(geom geometry, band int) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ST_Multi(CASE WHEN band >= 5 THEN geom
                       ELSE ST_SnapToGrid(geom, geo.pixel_size(geo.band_max_zoom(band)) / 2) END)
$$;
COMMENT ON FUNCTION geo.generalised_area(geometry, int) IS 'An area in EPSG:3857 for a band: each corner moves to a grid of half a pixel. Neighbours move their common corners alike, so no gap opens between them. Not made valid: cutting and drawing bear a ring that touches itself, and repairing takes thirty times as long.';

CREATE OR REPLACE FUNCTION geo.refresh_region_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.region_shapes;
  WITH projected AS MATERIALIZED (
    SELECT region_id, level, name, code, parent_id, geo.to_mercator(geom) AS shape
    FROM geo.regions WHERE geom IS NOT NULL AND level > 0
  ), sized AS MATERIALIZED (
    SELECT *, geo.zoom_of_size(sqrt(ST_Area(shape)), 1) AS min_zoom FROM projected
  ), banded AS MATERIALIZED (
    SELECT s.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM sized s CROSS JOIN generate_series(0, 5) band
    WHERE s.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.region_shapes (region_id, band, level, min_zoom, name, code, parent_id, geom)
  SELECT region_id, band, level, min_zoom, name, code, parent_id, banded_shape
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;

CREATE OR REPLACE FUNCTION geo.refresh_road_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.road_shapes;
  WITH projected AS MATERIALIZED (
    SELECT road_id, geo.road_min_zoom(class) AS min_zoom, class, condition, name, one_way,
           geo.to_mercator(geom) AS shape
    FROM geo.roads
  ), banded AS MATERIALIZED (
    SELECT p.*, band, geo.generalised_line(shape, band) AS banded_shape
    FROM projected p CROSS JOIN generate_series(0, 5) band
    WHERE p.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.road_shapes (road_id, band, min_zoom, class, condition, name, one_way, geom)
  SELECT road_id, band, min_zoom, class, condition, name, one_way, banded_shape
  FROM banded WHERE GeometryType(banded_shape) = 'LINESTRING' AND NOT ST_IsEmpty(banded_shape)
$$;

CREATE OR REPLACE FUNCTION geo.refresh_building_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.building_shapes;
  WITH projected AS MATERIALIZED (
    SELECT building_id, housing_type, year, levels, geo.to_mercator(geom) AS shape FROM geo.buildings
  )
  INSERT INTO geo.building_shapes (building_id, band, min_zoom, housing_type, year, levels, geom)
  SELECT building_id, 5, greatest(13, geo.zoom_of_size(sqrt(ST_Area(shape)), 1)), housing_type, year, levels, shape
  FROM projected WHERE NOT ST_IsEmpty(shape)
$$;

CREATE OR REPLACE FUNCTION geo.refresh_zone_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.zone_shapes;
  WITH projected AS MATERIALIZED (
    SELECT zone_id, kind, name, geo.to_mercator(geom) AS shape FROM geo.business_zones
  ), sized AS MATERIALIZED (
    SELECT *, greatest(8, geo.zoom_of_size(sqrt(ST_Area(shape)), 1)) AS min_zoom FROM projected
  ), banded AS MATERIALIZED (
    SELECT s.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM sized s CROSS JOIN generate_series(2, 5) band
    WHERE s.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.zone_shapes (zone_id, band, min_zoom, kind, name, geom)
  SELECT zone_id, band, min_zoom, kind, name, banded_shape
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;

CREATE OR REPLACE FUNCTION geo.refresh_land_cover_shapes() RETURNS void LANGUAGE sql AS $$
  DELETE FROM geo.land_cover_shapes;
  WITH projected AS MATERIALIZED (
    SELECT land_cover_id, kind, name, geo.to_mercator(geom) AS shape FROM geo.land_cover
  ), sized AS MATERIALIZED (
    SELECT *, greatest(5, geo.zoom_of_size(sqrt(ST_Area(shape)), 2)) AS min_zoom FROM projected
  ), banded AS MATERIALIZED (
    SELECT s.*, band, geo.generalised_area(shape, band) AS banded_shape
    FROM sized s CROSS JOIN generate_series(1, 5) band
    WHERE s.min_zoom <= geo.band_max_zoom(band)
  )
  INSERT INTO geo.land_cover_shapes (land_cover_id, band, min_zoom, kind, name, geom)
  SELECT land_cover_id, band, min_zoom, kind, name, banded_shape
  FROM banded WHERE NOT ST_IsEmpty(banded_shape)
$$;

CREATE OR REPLACE FUNCTION geo.zoom_of_size(size double precision, pixels double precision) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN size <= 0 THEN 22
              ELSE greatest(0, least(22, ceil(ln(geo.pixel_size(0) * pixels / size) / ln(2.0::float8))))::int END
$$;
