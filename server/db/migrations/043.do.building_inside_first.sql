CREATE OR REPLACE FUNCTION geo.building_near(point geometry) RETURNS TABLE (building_id bigint, housing_type text, distance_m double precision)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  -- Most accounts lie in a building: distances on the spheroid are for the others only.
  WITH inside AS (
    SELECT b.building_id, b.housing_type, 0::double precision AS metres
    FROM geo.buildings b
    WHERE public.ST_Intersects(b.geom, point)
    ORDER BY b.building_id
    LIMIT 1
  ), beside AS (
    SELECT b.building_id, b.housing_type, d.metres
    FROM geo.buildings b
    CROSS JOIN LATERAL (
      SELECT public.ST_Distance(b.geom::public.geography, point::public.geography) AS metres OFFSET 0
    ) d
    WHERE NOT EXISTS (SELECT 1 FROM inside) AND b.geom && geo.metres_box(point, 15) AND d.metres <= 15
    ORDER BY d.metres, b.building_id
    LIMIT 1
  )
  SELECT * FROM inside UNION ALL SELECT * FROM beside
$$;
COMMENT ON FUNCTION geo.building_near(geometry) IS 'The building that holds the point, else the nearest within 15 m; ties go to the smallest id.';
