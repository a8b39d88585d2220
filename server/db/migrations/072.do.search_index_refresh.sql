CREATE FUNCTION geo.town_words(words text[]) RETURNS text[]
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg('@' || w) FILTER (WHERE w NOT LIKE '=%'), '{}') FROM unnest(words) w
$$;
COMMENT ON FUNCTION geo.town_words(text[]) IS 'Words of a name as those of a town or area.';

CREATE FUNCTION geo.house_suffix(house_number text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT left(regexp_replace(lower(regexp_replace(house_number, '\d{1,9}', '')), '[^a-z0-9]+', '', 'g'), 12)
$$;
COMMENT ON FUNCTION geo.house_suffix(text) IS 'What a house number has besides its first run of digits, as letters and digits in lower case.';

CREATE FUNCTION geo.index_addresses(max_rows integer) RETURNS integer
  LANGUAGE plpgsql
  SET jit = off
  AS $$
DECLARE
  ids bigint[];
BEGIN
  WITH taken AS (
    DELETE FROM geo.search_queue WHERE queue_id IN (
      SELECT queue_id FROM geo.search_queue WHERE layer = 'addresses' ORDER BY queue_id LIMIT max_rows)
    RETURNING row_id
  )
  SELECT array_agg(DISTINCT row_id) INTO ids FROM taken;
  IF ids IS NULL THEN
    RETURN 0;
  END IF;

  WITH gone AS (
    DELETE FROM geo.address_entries e USING unnest(ids) i (address_id) WHERE e.address_id = i.address_id
    RETURNING e.entry_id, e.postcode_key
  )
  UPDATE geo.search_entries e SET is_stale = true
  WHERE e.entry_id IN (SELECT entry_id FROM gone)
     OR e.kind = 'postcode' AND e.identity IN (SELECT postcode_key FROM gone);

  WITH houses AS MATERIALIZED (
    SELECT a.address_id, a.street, s.name_id, a.city, c.name_id AS town_id,
      CASE WHEN h.rest = '' THEN NULLIF(a.house_number, '') ELSE substring(a.house_number FROM '\d{1,9}') END::integer AS number,
      CASE WHEN h.rest = '' THEN '' ELSE geo.house_suffix(a.house_number) END AS suffix,
      geo.postcode_search_key(a.postcode) AS postcode_key, a.postcode, a.geom,
      s.key || '|' || CASE WHEN c.key IS NOT NULL
        THEN c.key || '|' || floor(ST_X(a.geom) * 2)::integer || ':' || floor(ST_Y(a.geom) * 2)::integer
        ELSE '|' || floor(ST_X(a.geom) * 10)::integer || ':' || floor(ST_Y(a.geom) * 10)::integer END AS identity
    FROM unnest(ids) i (address_id)
    JOIN geo.addresses a ON a.address_id = i.address_id
    JOIN geo.names s ON s.name = a.street
    LEFT JOIN geo.names c ON c.name = a.city
    -- Most house numbers are digits only, and regular expressions would be half of the work.
    CROSS JOIN LATERAL (
      SELECT CASE WHEN length(a.house_number) <= 9 THEN ltrim(a.house_number, '0123456789') ELSE a.house_number END AS rest
    ) h
  ), streets AS (
    INSERT INTO geo.search_entries (kind, identity, name_id, town_id, name, town)
    SELECT DISTINCT ON (identity) 'street', identity, name_id, town_id, street, city
    FROM houses ORDER BY identity, address_id
    ON CONFLICT (kind, identity) DO UPDATE SET is_stale = true
    RETURNING entry_id, identity
  ), postcodes AS (
    INSERT INTO geo.search_entries (kind, identity, name_id, name)
    SELECT DISTINCT ON (h.postcode_key) 'postcode', h.postcode_key, n.name_id, h.postcode
    FROM houses h JOIN geo.names n ON n.name = h.postcode
    WHERE h.postcode_key IS NOT NULL ORDER BY h.postcode_key, h.address_id
    ON CONFLICT (kind, identity) DO UPDATE SET is_stale = true
    RETURNING entry_id
  )
  INSERT INTO geo.address_entries (address_id, entry_id, number, suffix, postcode_key)
  SELECT h.address_id, s.entry_id, h.number, COALESCE(h.suffix, ''), h.postcode_key
  FROM houses h JOIN streets s ON s.identity = h.identity;
  RETURN cardinality(ids);
END $$;
COMMENT ON FUNCTION geo.index_addresses(integer) IS 'Brings up to so many waiting addresses into the search index; answers how many. Their names must be in geo.names.';

CREATE FUNCTION geo.index_roads(max_rows integer) RETURNS integer
  LANGUAGE plpgsql
  SET jit = off
  AS $$
DECLARE
  ids bigint[];
BEGIN
  WITH taken AS (
    DELETE FROM geo.search_queue WHERE queue_id IN (
      SELECT queue_id FROM geo.search_queue WHERE layer = 'roads' ORDER BY queue_id LIMIT max_rows)
    RETURNING row_id
  )
  SELECT array_agg(DISTINCT row_id) INTO ids FROM taken;
  IF ids IS NULL THEN
    RETURN 0;
  END IF;

  WITH gone AS (
    DELETE FROM geo.road_entries e USING unnest(ids) i (road_id) WHERE e.road_id = i.road_id RETURNING e.entry_id
  )
  UPDATE geo.search_entries e SET is_stale = true WHERE e.entry_id IN (SELECT entry_id FROM gone);

  WITH named AS MATERIALIZED (
    SELECT r.road_id, r.name, n.name_id, n.key, r.geom,
      n.key || '||' || floor(ST_X(p.middle) * 20) || ':' || floor(ST_Y(p.middle) * 20) AS identity
    FROM unnest(ids) i (road_id)
    JOIN geo.roads r ON r.road_id = i.road_id
    JOIN geo.names n ON n.name = r.name
    CROSS JOIN LATERAL (SELECT ST_LineInterpolatePoint(r.geom, 0.5) AS middle) p
  ), beside AS MATERIALIZED (
    -- The street of the houses along the road, where there is one of its name.
    SELECT d.road_id, near.entry_id
    FROM named d
    CROSS JOIN LATERAL (
      SELECT e.entry_id
      FROM geo.names n JOIN geo.search_entries e ON e.name_id = n.name_id
      WHERE n.is_street AND n.name = d.name AND e.kind = 'street' AND e.extent && ST_Expand(d.geom, 0.004)
      ORDER BY e.extent <-> d.geom, e.entry_id LIMIT 1
    ) near
  ), streets AS (
    INSERT INTO geo.search_entries (kind, identity, name_id, name)
    SELECT DISTINCT ON (d.identity) 'street', d.identity, d.name_id, d.name
    FROM named d LEFT JOIN beside b ON b.road_id = d.road_id WHERE b.road_id IS NULL
    ORDER BY d.identity, d.road_id
    ON CONFLICT (kind, identity) DO UPDATE SET is_stale = true
    RETURNING entry_id, identity
  ), touched AS (
    UPDATE geo.search_entries e SET is_stale = true FROM beside b WHERE e.entry_id = b.entry_id
  )
  INSERT INTO geo.road_entries (road_id, entry_id)
  SELECT d.road_id, COALESCE(b.entry_id, s.entry_id)
  FROM named d
  LEFT JOIN beside b ON b.road_id = d.road_id
  LEFT JOIN streets s ON s.identity = d.identity AND b.road_id IS NULL;
  RETURN cardinality(ids);
END $$;
COMMENT ON FUNCTION geo.index_roads(integer) IS 'Brings up to so many waiting roads into the search index, on the street of the houses beside them or as streets of their own; answers how many.';

CREATE FUNCTION geo.settlements_of(point geometry) RETURNS TABLE (name text, country text, keys text[], words text[])
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (array_agg(around.name ORDER BY around.share, around.name))[1],
    (array_agg(around.country ORDER BY around.share, around.name))[1],
    array_agg(DISTINCT n.key), array_agg(DISTINCT w)
  FROM (
    SELECT near.name, near.country, near.metres / near.reach AS share
    FROM (
      SELECT s.name, s.country, public.ST_Distance(s.geom::public.geography, point::public.geography) AS metres,
        -- A town reaches as far as the square root of its inhabitants: 3 km at 10,000, 10 km at 100,000.
        greatest(3000, 30 * sqrt(COALESCE(s.population, 0))) AS reach
      FROM geo.settlements s ORDER BY s.geom <-> point LIMIT 8
    ) near
    WHERE near.metres <= near.reach
    ORDER BY near.metres / near.reach LIMIT 4
  ) around
  JOIN geo.names n ON n.name = around.name
  CROSS JOIN unnest(geo.town_words(n.words)) w
  HAVING count(*) > 0
$$;
COMMENT ON FUNCTION geo.settlements_of(geometry) IS 'The settlements that a point may belong to: those whose reach, by their inhabitants, it lies in; at most four. name and country are those of the likeliest. No row far from all.';

CREATE FUNCTION geo.areas_of(point geometry) RETURNS TABLE (region_id bigint, deepest text, keys text[], words text[])
  LANGUAGE sql STABLE AS $$
  SELECT found.region_id, deepest.name, around.keys, around.words
  FROM geo.region_at(point) found
  JOIN geo.region_paths path ON path.region_id = found.region_id
  JOIN geo.regions deepest ON deepest.region_id = found.region_id
  CROSS JOIN LATERAL (
    SELECT array_agg(DISTINCT n.key) AS keys, array_agg(DISTINCT w) AS words
    FROM geo.regions r
    JOIN geo.names n ON n.name IN (r.name, r.code)
    CROSS JOIN unnest(geo.town_words(n.words)) w
    WHERE r.region_id = ANY (path.path_ids) AND r.level > 0
  ) around
$$;
COMMENT ON FUNCTION geo.areas_of(geometry) IS 'The regions around a point: the deepest, and keys and words of the names and codes of all.';

CREATE FUNCTION geo.refresh_streets(max_rows integer) RETURNS integer
  LANGUAGE plpgsql
  SET jit = off
  AS $$
DECLARE
  ids bigint[];
BEGIN
  SELECT array_agg(entry_id) INTO ids
  FROM (SELECT entry_id FROM geo.search_entries WHERE kind = 'street' AND is_stale ORDER BY entry_id LIMIT max_rows) s;
  IF ids IS NULL THEN
    RETURN 0;
  END IF;

  DELETE FROM geo.search_entries e
  WHERE e.entry_id = ANY (ids)
    AND NOT EXISTS (SELECT FROM geo.address_entries a WHERE a.entry_id = e.entry_id)
    AND NOT EXISTS (SELECT FROM geo.road_entries r WHERE r.entry_id = e.entry_id);

  WITH chosen AS MATERIALIZED (
    SELECT e.entry_id, e.name_id, e.town_id FROM geo.search_entries e WHERE e.entry_id = ANY (ids)
  ), houses AS MATERIALIZED (
    SELECT ae.entry_id, count(*) AS houses,
      (array_agg(a.geom ORDER BY ae.number, ae.address_id))[1 + count(*) / 2] AS geom,
      ST_SetSRID(ST_Extent(a.geom)::geometry, 4326) AS extent,
      array_agg(DISTINCT ae.postcode_key) FILTER (WHERE ae.postcode_key IS NOT NULL) AS postcode_keys,
      min(a.source) AS source, min(a.licence) AS licence
    FROM unnest(ids) i (entry_id)
    JOIN geo.address_entries ae ON ae.entry_id = i.entry_id
    JOIN geo.addresses a ON a.address_id = ae.address_id
    GROUP BY ae.entry_id
  ), lines AS MATERIALIZED (
    SELECT re.entry_id, ST_LineInterpolatePoint((array_agg(r.geom ORDER BY r.length_m DESC, r.road_id))[1], 0.5) AS geom,
      ST_SetSRID(ST_Extent(r.geom)::geometry, 4326) AS extent, min(r.source) AS source, min(r.licence) AS licence
    FROM unnest(ids) i (entry_id)
    JOIN geo.road_entries re ON re.entry_id = i.entry_id
    JOIN geo.roads r ON r.road_id = re.road_id
    GROUP BY re.entry_id
  ), found AS MATERIALIZED (
    SELECT c.entry_id, c.name_id, c.town_id, COALESCE(h.houses, 0) AS houses, COALESCE(h.geom, l.geom) AS geom,
      CASE WHEN h.extent IS NULL THEN l.extent WHEN l.extent IS NULL THEN h.extent
           ELSE ST_Envelope(ST_Collect(h.extent, l.extent)) END AS extent,
      COALESCE(h.postcode_keys, '{}') AS postcode_keys,
      COALESCE(h.source, l.source) AS source, COALESCE(h.licence, l.licence) AS licence
    FROM chosen c
    LEFT JOIN houses h ON h.entry_id = c.entry_id
    LEFT JOIN lines l ON l.entry_id = c.entry_id
    WHERE h.entry_id IS NOT NULL OR l.entry_id IS NOT NULL
  ), towns AS MATERIALIZED (
    SELECT f.entry_id, array_agg(DISTINCT n.key) AS keys, array_agg(DISTINCT w) AS words
    FROM found f
    JOIN geo.postcodes p ON geo.postcode_search_key(p.postcode) = ANY (f.postcode_keys)
    JOIN geo.names n ON n.name = p.place
    CROSS JOIN unnest(geo.town_words(n.words)) w
    GROUP BY f.entry_id
  ), located AS MATERIALIZED (
    SELECT f.*, own.words AS own_words, area.region_id,
      COALESCE(town.name, settlement.name, area.deepest) AS town,
      CASE WHEN town.key IS NOT NULL THEN ARRAY[town.key] ELSE COALESCE(settlement.keys, ARRAY[deepest.key], '{}') END AS town_keys,
      CASE WHEN town.key IS NOT NULL THEN geo.town_words(town.words)
           ELSE COALESCE(settlement.words, geo.town_words(deepest.words)) END AS town_words,
      settlement.country, COALESCE(area.keys, '{}') AS area_keys, COALESCE(area.words, '{}') AS area_words,
      COALESCE(t.keys, '{}') AS place_keys, COALESCE(t.words, '{}') AS place_words
    FROM found f
    JOIN geo.names own ON own.name_id = f.name_id
    LEFT JOIN geo.names town ON town.name_id = f.town_id
    LEFT JOIN LATERAL geo.settlements_of(f.geom) settlement ON true
    LEFT JOIN LATERAL geo.areas_of(f.geom) area ON true
    LEFT JOIN geo.names deepest ON f.town_id IS NULL AND settlement.name IS NULL AND deepest.name = area.deepest
    LEFT JOIN towns t ON t.entry_id = f.entry_id
  )
  UPDATE geo.search_entries e
  SET town = l.town,
    locality_keys = ARRAY(SELECT DISTINCT k FROM unnest(l.place_keys || l.town_keys) k WHERE k IS NOT NULL),
    area_keys = l.area_keys, postcode_keys = l.postcode_keys, country = l.country, weight = l.houses,
    words = array_to_tsvector(l.own_words || l.town_words || l.place_words || l.area_words
      || ARRAY(SELECT '#' || k FROM unnest(l.postcode_keys) k)),
    geom = l.geom, extent = l.extent, region_id = l.region_id, source = l.source, licence = l.licence, is_stale = false
  FROM located l WHERE e.entry_id = l.entry_id;
  RETURN cardinality(ids);
END $$;
COMMENT ON FUNCTION geo.refresh_streets(integer) IS 'Works out point, town, postcodes and words of up to so many streets whose houses or roads changed; streets without either go. Answers how many it looked at.';

CREATE FUNCTION geo.refresh_postcodes(max_rows integer) RETURNS integer
  LANGUAGE plpgsql
  SET jit = off
  AS $$
DECLARE
  ids bigint[];
BEGIN
  SELECT array_agg(entry_id) INTO ids
  FROM (SELECT entry_id FROM geo.search_entries WHERE kind = 'postcode' AND is_stale ORDER BY entry_id LIMIT max_rows) s;
  IF ids IS NULL THEN
    RETURN 0;
  END IF;

  WITH houses AS MATERIALIZED (
    SELECT e.entry_id, count(*) AS houses,
      ST_SetSRID(ST_MakePoint(avg(ST_X(a.geom)), avg(ST_Y(a.geom))), 4326) AS geom,
      mode() WITHIN GROUP (ORDER BY a.city) AS town, min(a.source) AS source, min(a.licence) AS licence
    FROM geo.search_entries e
    JOIN geo.address_entries ae ON ae.postcode_key = e.identity
    JOIN geo.addresses a ON a.address_id = ae.address_id
    WHERE e.entry_id = ANY (ids)
    GROUP BY e.entry_id
  ), found AS MATERIALIZED (
    SELECT e.entry_id, e.identity, e.name_id, COALESCE(h.houses, 0) AS houses,
      COALESCE(p.geom, h.geom) AS geom, COALESCE(p.place, h.town) AS town, p.region_id,
      CASE WHEN p.geom IS NOT NULL THEN p.source ELSE h.source END AS source,
      CASE WHEN p.geom IS NOT NULL THEN p.licence ELSE h.licence END AS licence
    FROM geo.search_entries e
    LEFT JOIN houses h ON h.entry_id = e.entry_id
    LEFT JOIN LATERAL (
      -- OFFSET 0: else the order is had from the primary key, by reading every postcode for each.
      SELECT * FROM (
        SELECT * FROM geo.postcodes p WHERE geo.postcode_search_key(p.postcode) = e.identity OFFSET 0
      ) same ORDER BY same.postcode LIMIT 1
    ) p ON true
    WHERE e.entry_id = ANY (ids)
  ), gone AS (
    DELETE FROM geo.search_entries e USING found f WHERE e.entry_id = f.entry_id AND f.geom IS NULL
  )
  UPDATE geo.search_entries e
  SET town = f.town, locality_keys = CASE WHEN town.key IS NULL THEN '{}' ELSE ARRAY[town.key] END,
    postcode_keys = ARRAY[f.identity], weight = f.houses, region_id = f.region_id,
    words = array_to_tsvector(ARRAY[f.identity, '#' || f.identity] || n.words || geo.town_words(COALESCE(town.words, '{}'))),
    geom = f.geom, source = f.source, licence = f.licence, is_stale = false
  FROM found f
  JOIN geo.names n ON n.name_id = f.name_id
  LEFT JOIN geo.names town ON town.name = f.town
  WHERE e.entry_id = f.entry_id AND f.geom IS NOT NULL;
  RETURN cardinality(ids);
END $$;
COMMENT ON FUNCTION geo.refresh_postcodes(integer) IS 'Works out point, town and words of up to so many postcodes: from geo.postcodes, else the middle of their addresses. Answers how many it looked at.';

CREATE FUNCTION geo.index_postcodes() RETURNS void
  LANGUAGE sql
  SET jit = off
  AS $$
  UPDATE geo.search_entries SET is_stale = true WHERE kind IN ('postcode','street');
  INSERT INTO geo.search_entries (kind, identity, name_id, name)
  SELECT DISTINCT ON (k.key) 'postcode', k.key, n.name_id, p.postcode
  FROM geo.postcodes p
  CROSS JOIN LATERAL (SELECT geo.postcode_search_key(p.postcode) AS key) k
  JOIN geo.names n ON n.name = p.postcode
  WHERE p.geom IS NOT NULL AND k.key IS NOT NULL
  ORDER BY k.key, p.postcode
  ON CONFLICT (kind, identity) DO UPDATE SET name = EXCLUDED.name, name_id = EXCLUDED.name_id
$$;
COMMENT ON FUNCTION geo.index_postcodes() IS 'Enters postcodes that came, and marks all, and the streets that take their towns from them, to be worked out again.';

CREATE FUNCTION geo.index_settlements() RETURNS void
  LANGUAGE sql
  SET jit = off
  AS $$
  UPDATE geo.search_entries SET is_stale = true WHERE kind = 'street';
  DELETE FROM geo.search_entries e
  WHERE e.kind = 'settlement' AND NOT EXISTS (SELECT FROM geo.settlements s WHERE s.settlement_id = e.ref_id);
  INSERT INTO geo.search_entries (kind, identity, ref_id, name_id, name, town, locality_keys, area_keys, country,
    weight, words, geom, region_id, source, licence, is_stale)
  SELECT 'settlement', s.settlement_id::text, s.settlement_id, n.name_id, s.name, s.name, ARRAY[n.key],
    COALESCE(area.keys, '{}') || COALESCE(named.key, '{}'), s.country,
    COALESCE(s.population, 0),
    array_to_tsvector(n.words || COALESCE(area.words, '{}') || COALESCE(named.words, '{}')),
    s.geom, area.region_id, s.source, s.licence, false
  FROM geo.settlements s
  JOIN geo.names n ON n.name = s.name
  LEFT JOIN LATERAL geo.areas_of(s.geom) area ON true
  LEFT JOIN LATERAL (
    SELECT ARRAY[a.key] AS key, geo.town_words(a.words) AS words FROM geo.names a WHERE a.name = s.area
  ) named ON true
  ON CONFLICT (kind, identity) DO UPDATE
  SET name_id = EXCLUDED.name_id, name = EXCLUDED.name, town = EXCLUDED.town, locality_keys = EXCLUDED.locality_keys,
    area_keys = EXCLUDED.area_keys, country = EXCLUDED.country, weight = EXCLUDED.weight, words = EXCLUDED.words,
    geom = EXCLUDED.geom, region_id = EXCLUDED.region_id, source = EXCLUDED.source, licence = EXCLUDED.licence
$$;
COMMENT ON FUNCTION geo.index_settlements() IS 'Brings settlements into the search index, and marks the streets that take their towns from them.';

CREATE FUNCTION geo.index_regions() RETURNS void
  LANGUAGE sql
  SET jit = off
  AS $$
  UPDATE geo.search_entries SET is_stale = true WHERE kind = 'street';
  DELETE FROM geo.search_entries e
  WHERE e.kind = 'region' AND NOT EXISTS (SELECT FROM geo.regions r WHERE r.region_id = e.ref_id AND r.geom IS NOT NULL);
  INSERT INTO geo.search_entries (kind, identity, ref_id, name_id, name, town, locality_keys, area_keys, weight,
    words, geom, region_id, source, licence, is_stale)
  SELECT 'region', r.region_id::text, r.region_id, n.name_id, r.name, parent.name, ARRAY[n.key],
    COALESCE(around.keys, '{}'), COALESCE(r.population, 0),
    array_to_tsvector(n.words || COALESCE(around.words, '{}')),
    ST_PointOnSurface(geo.largest_part(ST_MakeValid(r.geom))), r.region_id, r.source, r.licence, false
  FROM geo.regions r
  JOIN geo.names n ON n.name = r.name
  LEFT JOIN geo.regions parent ON parent.region_id = r.parent_id AND parent.level > 0
  LEFT JOIN LATERAL (
    SELECT array_agg(DISTINCT a.key) AS keys, array_agg(DISTINCT w) AS words
    FROM geo.region_paths path
    JOIN geo.regions above ON above.region_id = ANY (path.path_ids)
    JOIN geo.names a ON a.name IN (above.name, above.code)
    CROSS JOIN unnest(geo.town_words(a.words)) w
    WHERE path.region_id = r.region_id AND above.level > 0 AND above.region_id <> r.region_id
  ) around ON true
  WHERE r.level > 0 AND r.geom IS NOT NULL
  ON CONFLICT (kind, identity) DO UPDATE
  SET name_id = EXCLUDED.name_id, name = EXCLUDED.name, town = EXCLUDED.town, locality_keys = EXCLUDED.locality_keys,
    area_keys = EXCLUDED.area_keys, weight = EXCLUDED.weight, words = EXCLUDED.words, geom = EXCLUDED.geom,
    region_id = EXCLUDED.region_id, source = EXCLUDED.source, licence = EXCLUDED.licence
$$;
COMMENT ON FUNCTION geo.index_regions() IS 'Brings regions that have a shape into the search index, and marks the streets that take their areas from them.';

CREATE FUNCTION geo.index_places() RETURNS void
  LANGUAGE sql
  SET jit = off
  AS $$
  DELETE FROM geo.search_entries e
  WHERE e.kind = 'place' AND NOT EXISTS (SELECT FROM geo.places p WHERE p.place_id = e.ref_id);
  INSERT INTO geo.search_entries (kind, identity, ref_id, name_id, name, town, locality_keys, area_keys, words, geom,
    region_id, source, licence, is_stale)
  SELECT 'place', p.place_id::text, p.place_id, n.name_id, p.name, COALESCE(p.city, area.deepest),
    CASE WHEN town.key IS NULL THEN '{}' ELSE ARRAY[town.key] END, COALESCE(area.keys, '{}'),
    array_to_tsvector(n.words || geo.town_words(COALESCE(town.words, '{}')) || geo.town_words(COALESCE(street.words, '{}'))
      || COALESCE(area.words, '{}')),
    p.geom, area.region_id, p.source, p.licence, false
  FROM geo.places p
  JOIN geo.names n ON n.name = p.name
  LEFT JOIN LATERAL geo.areas_of(p.geom) area ON true
  LEFT JOIN geo.names town ON town.name = p.city
  LEFT JOIN geo.names street ON street.name = p.street
  ON CONFLICT (kind, identity) DO UPDATE
  SET name_id = EXCLUDED.name_id, name = EXCLUDED.name, town = EXCLUDED.town, locality_keys = EXCLUDED.locality_keys,
    area_keys = EXCLUDED.area_keys, words = EXCLUDED.words, geom = EXCLUDED.geom, region_id = EXCLUDED.region_id,
    source = EXCLUDED.source, licence = EXCLUDED.licence
  WHERE search_entries.words <> EXCLUDED.words OR search_entries.name <> EXCLUDED.name OR NOT search_entries.geom ~= EXCLUDED.geom
$$;
COMMENT ON FUNCTION geo.index_places() IS 'Brings named places into the search index.';
