-- Two roads that meet are equally far from a point near their crossing. Their distances differ by what computing
-- leaves over, so ties are told at a millimetre: the smallest id then wins here as in matching many at once.

CREATE OR REPLACE FUNCTION geo.road_near(point geometry) RETURNS TABLE (road_id bigint, class text, condition text, distance_m double precision)
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
  ORDER BY round(d.metres * 1000), c.road_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.road_near(geometry) IS 'The nearest road of class residential or better within 2 km, by metres on the spheroid; ties go to the smallest id.';

CREATE OR REPLACE FUNCTION geo.zone_near(point geometry) RETURNS TABLE (zone_id bigint, kind text, distance_m double precision)
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
  ORDER BY round(d.metres * 1000), c.area_m2 NULLS LAST, c.zone_id
  LIMIT 1
$$;
COMMENT ON FUNCTION geo.zone_near(geometry) IS 'The business zone that holds the point (the smallest of nested ones), else the nearest within 20 km by metres on the spheroid.';
