CREATE TYPE geo.search_hit AS (
  request integer, lookup integer,
  entry_id bigint, kind text, ref_id bigint, name text, plain text, key text, town text,
  locality_keys text[], area_keys text[], has_postcode boolean, postcodes integer, first_postcode text,
  country text, weight real, lon double precision, lat double precision, region_id bigint, source text, licence text,
  address_id bigint, house_number text, house_suffix text, house_postcode text, house_city text,
  house_lon double precision, house_lat double precision, house_source text, house_licence text
);
COMMENT ON TYPE geo.search_hit IS 'An entry of the search index, with one of its houses where a house number was asked for. request and lookup say what it answers.';

CREATE FUNCTION geo.search_hits(request integer, lookup integer, entry_ids bigint[], wanted_postcode text,
    wanted_number integer, wanted_suffix text)
  RETURNS SETOF geo.search_hit
  LANGUAGE sql STABLE AS $$
  SELECT request, lookup, e.entry_id, e.kind, e.ref_id, e.name, n.plain, n.key, e.town, e.locality_keys, e.area_keys,
    wanted_postcode = ANY (e.postcode_keys), cardinality(e.postcode_keys), e.postcode_keys[1], e.country, e.weight,
    public.ST_X(e.geom), public.ST_Y(e.geom), e.region_id, e.source, e.licence,
    h.address_id, h.house_number, h.suffix, h.postcode, h.city, public.ST_X(h.geom), public.ST_Y(h.geom), h.source, h.licence
  FROM unnest(entry_ids) WITH ORDINALITY i (entry_id, place)
  JOIN geo.search_entries e ON e.entry_id = i.entry_id
  JOIN geo.names n ON n.name_id = e.name_id
  LEFT JOIN LATERAL (
    SELECT a.address_id, a.house_number, ae.suffix, a.postcode, a.city, a.geom, a.source, a.licence
    FROM geo.address_entries ae JOIN geo.addresses a ON a.address_id = ae.address_id
    WHERE ae.entry_id = e.entry_id AND ae.number = wanted_number
    ORDER BY ae.suffix <> wanted_suffix, wanted_postcode IS DISTINCT FROM ae.postcode_key, ae.suffix, ae.address_id
    LIMIT 4
  ) h ON true
  WHERE e.geom IS NOT NULL
  ORDER BY i.place
$$;
COMMENT ON FUNCTION geo.search_hits(integer, integer, bigint[], text, integer, text) IS 'Entries in the order given, each once for every house of the wanted number (four at most, the wanted suffix first), or once without.';

-- Planning costs several times what a lookup does: one plan serves all, and all lookups of a call are one statement.
CREATE FUNCTION geo.match_words(requests integer[], queries text[], kinds text[], postcodes text[], numbers integer[],
    suffixes text[], max_entries integer)
  RETURNS SETOF geo.search_hit
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  AS $$
DECLARE
  query text;
  wanted_kinds text[];
  ids bigint[];
BEGIN
  FOR i IN 1 .. cardinality(requests) LOOP
    ids := NULL;
    wanted_kinds := string_to_array(kinds[i], ',');
    FOREACH query IN ARRAY string_to_array(queries[i], E'\n') LOOP
      SELECT array_agg(s.entry_id ORDER BY s.length, s.weight DESC, s.entry_id) INTO ids
      FROM (
        SELECT e.entry_id, length(e.name) AS length, e.weight FROM geo.search_entries e
        WHERE e.words @@ query::tsquery AND e.kind = ANY (wanted_kinds)
        ORDER BY length(e.name), e.weight DESC, e.entry_id LIMIT max_entries
      ) s;
      EXIT WHEN ids IS NOT NULL;
    END LOOP;
    IF ids IS NOT NULL THEN
      RETURN QUERY SELECT * FROM geo.search_hits(requests[i], i - 1, ids, postcodes[i], numbers[i], suffixes[i]);
    END IF;
  END LOOP;
END $$;
COMMENT ON FUNCTION geo.match_words(integer[], text[], text[], text[], integer[], text[], integer) IS 'For each of many lookups the entries that hold the words of the first of its queries (tsquery text, a line each) that finds any; shortest names first. kinds: a list with commas.';

CREATE FUNCTION geo.similar_names(wanted text, kind text, max_names integer)
  RETURNS TABLE (name_id integer, key text, plain text, likeness real)
  LANGUAGE plpgsql STABLE
  SET pg_trgm.similarity_threshold = 0.24
  SET plan_cache_mode = force_generic_plan
  AS $$
BEGIN
  IF kind = 'street' THEN
    RETURN QUERY SELECT n.name_id, n.key, n.plain, public.similarity(n.plain, wanted) AS s
      FROM geo.names n WHERE n.is_street AND n.plain OPERATOR(public.%) wanted
      ORDER BY s DESC, n.name_id LIMIT max_names;
  ELSIF kind = 'town' THEN
    RETURN QUERY SELECT n.name_id, n.key, n.plain, public.similarity(n.plain, wanted) AS s
      FROM geo.names n WHERE n.is_town AND n.plain OPERATOR(public.%) wanted
      ORDER BY s DESC, n.name_id LIMIT max_names;
  ELSE
    RETURN QUERY SELECT n.name_id, n.key, n.plain, public.similarity(n.plain, wanted) AS s
      FROM geo.names n WHERE n.is_place AND n.plain OPERATOR(public.%) wanted
      ORDER BY s DESC, n.name_id LIMIT max_names;
  END IF;
END $$;
COMMENT ON FUNCTION geo.similar_names(text, text, integer) IS 'Names of streets, towns or places that share trigrams with a plain text, most alike first.';

CREATE FUNCTION geo.match_similar(requests integer[], streets text[], towns text[], postcodes text[], numbers integer[],
    suffixes text[], max_entries integer)
  RETURNS SETOF geo.search_hit
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  AS $$
DECLARE
  wanted_towns text[];
  in_postcode tsquery;
  ids bigint[];
BEGIN
  FOR i IN 1 .. cardinality(requests) LOOP
    ids := NULL;
    wanted_towns := string_to_array(towns[i], E'\n');
    IF postcodes[i] IS NOT NULL THEN
      in_postcode := ('''#' || postcodes[i] || '''')::tsquery;
      SELECT array_agg(s.entry_id ORDER BY s.likeness DESC, s.entry_id) INTO ids
      FROM (
        SELECT e.entry_id, public.similarity(n.plain, streets[i]) AS likeness
        FROM geo.search_entries e JOIN geo.names n ON n.name_id = e.name_id
        WHERE e.words @@ in_postcode AND e.kind = 'street'
        ORDER BY likeness DESC, e.entry_id LIMIT max_entries
      ) s
      WHERE s.likeness >= 0.1;
    END IF;
    IF ids IS NULL THEN
      SELECT array_agg(s.entry_id ORDER BY s.likeness DESC, s.weight DESC, s.entry_id) INTO ids
      FROM (
        SELECT e.entry_id, n.likeness, e.weight
        FROM geo.similar_names(streets[i], 'street', 200) n
        JOIN geo.search_entries e ON e.name_id = n.name_id
        WHERE e.kind = 'street'
          AND (wanted_towns IS NULL OR e.locality_keys && wanted_towns OR e.area_keys && wanted_towns)
        ORDER BY n.likeness DESC, e.weight DESC, e.entry_id LIMIT max_entries
      ) s;
    END IF;
    IF ids IS NOT NULL THEN
      RETURN QUERY SELECT * FROM geo.search_hits(requests[i], i - 1, ids, postcodes[i], numbers[i], suffixes[i]);
    END IF;
  END LOOP;
END $$;
COMMENT ON FUNCTION geo.match_similar(integer[], text[], text[], text[], integer[], text[], integer) IS 'For each of many lookups the streets whose name is spelled nearly so: among those of its postcode, else those of its towns (keys, a line each), else all.';

CREATE FUNCTION geo.interpolate_house(of_entry_id bigint, wanted_number integer)
  RETURNS TABLE (lon double precision, lat double precision, lower_number integer, upper_number integer, postcode text,
    city text, source text, licence text)
  LANGUAGE plpgsql STABLE
  SET plan_cache_mode = force_generic_plan
  AS $$
DECLARE
  low record;
  high record;
  share double precision;
  line geometry;
  low_at geometry;
  high_at geometry;
  at geometry;
BEGIN
  SELECT ae.number, a.geom, a.postcode, a.city, a.source, a.licence INTO low
  FROM geo.address_entries ae JOIN geo.addresses a ON a.address_id = ae.address_id
  WHERE ae.entry_id = of_entry_id AND ae.number < wanted_number AND ae.number % 2 = wanted_number % 2
  ORDER BY ae.number DESC, ae.address_id LIMIT 1;
  SELECT ae.number, a.geom, a.postcode, a.city INTO high
  FROM geo.address_entries ae JOIN geo.addresses a ON a.address_id = ae.address_id
  WHERE ae.entry_id = of_entry_id AND ae.number > wanted_number AND ae.number % 2 = wanted_number % 2
  ORDER BY ae.number, ae.address_id LIMIT 1;
  IF low.number IS NULL OR high.number IS NULL OR high.number - low.number > 40
     OR ST_Distance(low.geom::geography, high.geom::geography) > 600 THEN
    RETURN;
  END IF;
  share := (wanted_number - low.number)::double precision / (high.number - low.number);

  SELECT part.geom INTO line
  FROM (SELECT ST_LineMerge(ST_Collect(r.geom)) AS merged
        FROM geo.road_entries re JOIN geo.roads r ON r.road_id = re.road_id WHERE re.entry_id = of_entry_id) road
  CROSS JOIN LATERAL ST_Dump(road.merged) part
  WHERE ST_DWithin(part.geom::geography, low.geom::geography, 80) AND ST_DWithin(part.geom::geography, high.geom::geography, 80)
  ORDER BY ST_Distance(part.geom, low.geom) + ST_Distance(part.geom, high.geom) LIMIT 1;

  at := ST_MakePoint(ST_X(low.geom) + share * (ST_X(high.geom) - ST_X(low.geom)),
                     ST_Y(low.geom) + share * (ST_Y(high.geom) - ST_Y(low.geom)));
  IF line IS NOT NULL THEN
    low_at := ST_ClosestPoint(line, low.geom);
    high_at := ST_ClosestPoint(line, high.geom);
    at := ST_LineInterpolatePoint(line, ST_LineLocatePoint(line, low.geom)
      + share * (ST_LineLocatePoint(line, high.geom) - ST_LineLocatePoint(line, low.geom)));
    at := ST_MakePoint(
      ST_X(at) + (1 - share) * (ST_X(low.geom) - ST_X(low_at)) + share * (ST_X(high.geom) - ST_X(high_at)),
      ST_Y(at) + (1 - share) * (ST_Y(low.geom) - ST_Y(low_at)) + share * (ST_Y(high.geom) - ST_Y(high_at)));
  END IF;
  RETURN QUERY SELECT ST_X(at), ST_Y(at), low.number, high.number,
    CASE WHEN low.postcode = high.postcode THEN low.postcode END, low.city, low.source, low.licence;
END $$;
COMMENT ON FUNCTION geo.interpolate_house(bigint, integer) IS 'The point of a house number between the nearest known ones of its side (even or odd): along the road of the street where there is one, as far beside it as its neighbours stand, else on the straight line. No row where a neighbour is missing, or they are more than 40 numbers or 600 m apart.';
