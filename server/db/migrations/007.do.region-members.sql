-- The same result as before from the levels that region_paths holds already; quick for thousands of regions.
CREATE OR REPLACE FUNCTION geo.refresh_region_members() RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM geo.region_paths;
  INSERT INTO geo.region_paths
  WITH RECURSIVE tree AS (
    SELECT region_id, level, name, ARRAY[region_id] AS path_ids,
           ARRAY[level::int] AS path_levels, ARRAY[name] AS path_names
    FROM geo.regions WHERE level = 0
    UNION ALL
    SELECT r.region_id, r.level, r.name, t.path_ids || r.region_id,
           t.path_levels || r.level::int, t.path_names || r.name
    FROM geo.regions r
    JOIN tree t ON t.region_id = COALESCE(r.parent_id, (SELECT region_id FROM geo.regions WHERE level = 0))
               AND r.level > t.level
  )
  SELECT region_id, path_ids,
         path_ids[array_position(path_levels, 1)], path_names[array_position(path_levels, 1)],
         path_ids[array_position(path_levels, 2)], path_names[array_position(path_levels, 2)],
         path_ids[array_position(path_levels, 3)], path_names[array_position(path_levels, 3)],
         path_ids[array_position(path_levels, 4)], path_names[array_position(path_levels, 4)],
         path_ids[array_position(path_levels, 5)], path_names[array_position(path_levels, 5)],
         path_ids[array_position(path_levels, 6)], path_names[array_position(path_levels, 6)],
         path_ids[array_position(path_levels, 7)], path_names[array_position(path_levels, 7)],
         path_ids[array_position(path_levels, 8)], path_names[array_position(path_levels, 8)]
  FROM tree;

  DELETE FROM geo.region_members;
  INSERT INTO geo.region_members (descendant_id, level, region_id, parent_id)
  SELECT p.region_id, l.level, p.ids[l.level + 1],
         (SELECT above.id FROM unnest(p.ids[1:l.level]) WITH ORDINALITY above (id, position)
          WHERE above.id IS NOT NULL ORDER BY above.position DESC LIMIT 1)
  FROM (SELECT region_id, ARRAY[path_ids[1], level_1_id, level_2_id, level_3_id, level_4_id,
                                level_5_id, level_6_id, level_7_id, level_8_id] AS ids
        FROM geo.region_paths) p
  CROSS JOIN geo.region_levels l;
  INSERT INTO geo.region_members (descendant_id, level, region_id, parent_id)
  SELECT 0, l.level,
         CASE WHEN l.level = 0 THEN root.region_id END,
         CASE WHEN l.level > 0 THEN root.region_id END
  FROM geo.region_levels l
  CROSS JOIN (SELECT region_id FROM geo.regions WHERE level = 0) root;
END $$;
COMMENT ON FUNCTION geo.refresh_region_members() IS 'Rebuilds geo.region_paths and geo.region_members after the hierarchy changed.';
