CREATE FUNCTION geo.metres_box(shape geometry, metres double precision) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT public.ST_Expand(
      shape,
      1.02 * metres / (111319.0 * cos(radians(least(greatest(abs(public.ST_YMin(shape)), abs(public.ST_YMax(shape))), 88)))),
      1.02 * metres / 110574.0)
  $$;
COMMENT ON FUNCTION geo.metres_box(geometry, double precision) IS 'The box of a shape (EPSG:4326) grown by so many metres: everything within that distance meets it, and a little more. Does not wrap at the antimeridian.';

-- Point-in-region tests are many times faster against small pieces than against a coast of 20,000 vertices.
CREATE TABLE geo.region_pieces (
  region_id bigint NOT NULL CONSTRAINT region_pieces_region_id_fkey REFERENCES geo.regions (region_id) ON DELETE CASCADE,
  geom geometry(Polygon, 4326) NOT NULL
);
CREATE INDEX region_pieces_geom_idx ON geo.region_pieces USING gist (geom);
CREATE INDEX region_pieces_region_id_idx ON geo.region_pieces (region_id);
COMMENT ON TABLE geo.region_pieces IS 'Shapes of regions cut into pieces of at most 96 vertices, for matching. Test with ST_Intersects: a point on a cut is inside both pieces. Derived by triggers on geo.regions.';

CREATE FUNCTION geo.refresh_region_pieces() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO geo.region_pieces (region_id, geom)
    SELECT n.region_id, (public.ST_Dump(public.ST_Subdivide(public.ST_MakeValid(n.geom), 96))).geom
    FROM new_rows n
    WHERE n.geom IS NOT NULL;
    RETURN NULL;
  END IF;
  DELETE FROM geo.region_pieces p
  USING new_rows n
  JOIN old_rows o ON o.region_id = n.region_id
  WHERE p.region_id = n.region_id AND o.geom IS DISTINCT FROM n.geom;
  INSERT INTO geo.region_pieces (region_id, geom)
  SELECT n.region_id, (public.ST_Dump(public.ST_Subdivide(public.ST_MakeValid(n.geom), 96))).geom
  FROM new_rows n
  JOIN old_rows o ON o.region_id = n.region_id
  WHERE n.geom IS NOT NULL AND o.geom IS DISTINCT FROM n.geom;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION geo.refresh_region_pieces() IS 'Statement trigger: cuts the shapes of inserted and reshaped regions anew.';
CREATE TRIGGER regions_inserted_pieces AFTER INSERT ON geo.regions REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.refresh_region_pieces();
CREATE TRIGGER regions_updated_pieces AFTER UPDATE ON geo.regions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.refresh_region_pieces();

-- The roads that an address can lie on: nearest-neighbour search must not wade through footpaths.
CREATE INDEX roads_street_geom_idx ON geo.roads USING gist (geom)
  WHERE class IN ('motorway','trunk','primary','secondary','tertiary','residential');

CREATE INDEX accounts_stale_idx ON crm.accounts (account_id) WHERE matched_at IS NULL;
COMMENT ON COLUMN crm.accounts.matched_at IS 'When matching last changed this row; null while the point is newer than its match.';

CREATE FUNCTION crm.mark_account_stale() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  NEW.matched_at := NULL;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION crm.mark_account_stale() IS 'Row trigger: a moved account must be matched again.';
CREATE TRIGGER accounts_moved BEFORE UPDATE OF geom ON crm.accounts
  FOR EACH ROW WHEN (OLD.geom IS DISTINCT FROM NEW.geom) EXECUTE FUNCTION crm.mark_account_stale();

CREATE FUNCTION geo.region_at(point geometry) RETURNS TABLE (region_id bigint)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT r.region_id
  FROM geo.region_pieces p
  JOIN geo.regions r ON r.region_id = p.region_id
  WHERE public.ST_Intersects(p.geom, point)
  ORDER BY r.level DESC, r.region_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.region_at(geometry) IS 'The deepest region that holds the point; on a shared border the one with the smallest id. No row outside every region.';

CREATE FUNCTION geo.population_density(of_region_id bigint) RETURNS TABLE (per_km2 double precision)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT r.population / r.area_km2
  FROM geo.region_paths p
  JOIN geo.regions r ON r.region_id = ANY (p.path_ids)
  WHERE p.region_id = of_region_id AND r.level > 0 AND r.population IS NOT NULL AND r.area_km2 > 0
  ORDER BY r.level DESC
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.population_density(bigint) IS 'Inhabitants per km² of the region, or of its nearest ancestor whose population is known.';

CREATE FUNCTION geo.building_near(point geometry) RETURNS TABLE (building_id bigint, housing_type text, distance_m double precision)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT b.building_id, b.housing_type, d.metres
  FROM geo.buildings b
  CROSS JOIN LATERAL (
    SELECT CASE WHEN public.ST_Intersects(b.geom, point) THEN 0
                ELSE public.ST_Distance(b.geom::public.geography, point::public.geography) END AS metres
    OFFSET 0
  ) d
  WHERE b.geom && geo.metres_box(point, 15) AND d.metres <= 15
  ORDER BY d.metres, b.building_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.building_near(geometry) IS 'The building that holds the point, else the nearest within 15 m; ties go to the smallest id.';

CREATE FUNCTION geo.plane_distance(shape geometry, point geometry) RETURNS double precision
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$
    SELECT public.ST_Distance(
      public.ST_Scale(shape, cos(radians(public.ST_Y(point))), 1),
      public.ST_Scale(point, cos(radians(public.ST_Y(point))), 1))
  $$;
COMMENT ON FUNCTION geo.plane_distance(geometry, geometry) IS 'Distance to a point in degrees of latitude, on a plane true at the point: within 20 km its order is that of metres to about 1 %, at a tenth of the cost.';

-- Nearest in degrees is not nearest in metres. Its distance bounds a box; in the box a plane true at the
-- point leaves only those within 2 % of the nearest, and among these the spheroid decides.
CREATE FUNCTION geo.road_near(point geometry) RETURNS TABLE (road_id bigint, class text, condition text, distance_m double precision)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.road_id, c.class, c.condition, d.metres
  FROM (
    SELECT b.*, min(b.plane) OVER () AS nearest
    FROM (
      SELECT public.ST_Distance(public.ST_ClosestPoint(n.geom, point)::public.geography, point::public.geography) AS metres
      FROM geo.roads n
      WHERE n.class IN ('motorway','trunk','primary','secondary','tertiary','residential')
      ORDER BY n.geom <-> point
      LIMIT 1
    ) bound
    CROSS JOIN LATERAL (
      SELECT r.road_id, r.class, r.condition, r.geom, geo.plane_distance(r.geom, point) AS plane
      FROM geo.roads r
      WHERE r.class IN ('motorway','trunk','primary','secondary','tertiary','residential')
        AND r.geom && geo.metres_box(point, least(bound.metres, 2000))
      OFFSET 0
    ) b
  ) c
  CROSS JOIN LATERAL (
    SELECT public.ST_Distance(c.geom::public.geography, point::public.geography) AS metres OFFSET 0
  ) d
  WHERE c.plane <= c.nearest * 1.02 AND d.metres <= 2000
  ORDER BY d.metres, c.road_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.road_near(geometry) IS 'The nearest road of class residential or better within 2 km, by metres on the spheroid; ties go to the smallest id.';

CREATE FUNCTION geo.zone_at(point geometry) RETURNS TABLE (zone_id bigint, kind text)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT z.zone_id, z.kind
  FROM geo.business_zones z
  WHERE public.ST_Intersects(z.geom, point)
  ORDER BY z.area_m2 NULLS LAST, z.zone_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.zone_at(geometry) IS 'The business zone that holds the point; of nested ones the smallest.';

CREATE FUNCTION geo.zone_near(point geometry) RETURNS TABLE (zone_id bigint, kind text, distance_m double precision)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.zone_id, c.kind, d.metres
  FROM (
    SELECT b.*, min(b.plane) OVER () AS nearest
    FROM (
      SELECT public.ST_Distance(public.ST_ClosestPoint(n.geom, point)::public.geography, point::public.geography) AS metres
      FROM geo.business_zones n
      ORDER BY n.geom <-> point
      LIMIT 1
    ) bound
    CROSS JOIN LATERAL (
      SELECT z.zone_id, z.kind, z.area_m2, z.geom, geo.plane_distance(z.geom, point) AS plane
      FROM geo.business_zones z
      WHERE z.geom && geo.metres_box(point, least(bound.metres, 20000))
      OFFSET 0
    ) b
  ) c
  CROSS JOIN LATERAL (
    SELECT CASE WHEN public.ST_Intersects(c.geom, point) THEN 0
                ELSE public.ST_Distance(c.geom::public.geography, point::public.geography) END AS metres
    OFFSET 0
  ) d
  WHERE c.plane <= c.nearest * 1.02 AND d.metres <= 20000
  ORDER BY d.metres, c.area_m2 NULLS LAST, c.zone_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.zone_near(geometry) IS 'The business zone that holds the point (the smallest of nested ones), else the nearest within 20 km by metres on the spheroid.';
