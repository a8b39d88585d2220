CREATE TABLE geo.region_levels (
  level smallint CONSTRAINT region_levels_pkey PRIMARY KEY,
  name text NOT NULL,
  plural_name text NOT NULL,
  CONSTRAINT region_levels_level_check CHECK (level BETWEEN 0 AND 8)
);
COMMENT ON TABLE geo.region_levels IS 'Names of the levels of the region hierarchy. Level 0 is the project as a whole, 1 the coarsest loaded level.';
COMMENT ON COLUMN geo.region_levels.level IS '0 = whole project, 1 = coarsest loaded level, up to 8.';

CREATE TABLE geo.regions (
  region_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT regions_pkey PRIMARY KEY,
  level smallint NOT NULL CONSTRAINT regions_level_fkey REFERENCES geo.region_levels (level),
  code text NOT NULL,
  name text NOT NULL,
  parent_id bigint CONSTRAINT regions_parent_id_fkey REFERENCES geo.regions (region_id),
  geom geometry(MultiPolygon, 4326),
  area_km2 double precision,
  population double precision,
  households double precision,
  dwellings double precision,
  income double precision,
  dwelling_value double precision,
  urbanity text,
  statistics jsonb NOT NULL DEFAULT '{}',
  source text,
  licence text,
  import_id bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT regions_level_code_key UNIQUE (level, code),
  CONSTRAINT regions_population_check CHECK (population >= 0),
  CONSTRAINT regions_households_check CHECK (households >= 0)
);
CREATE INDEX regions_geom_idx ON geo.regions USING gist (geom);
CREATE INDEX regions_parent_id_idx ON geo.regions (parent_id);
CREATE INDEX regions_search_idx ON geo.regions USING gin (app.search_text(name) gin_trgm_ops);
COMMENT ON TABLE geo.regions IS 'The region hierarchy, any depth up to eight levels below the project: parent, shape and statistics.';
COMMENT ON COLUMN geo.regions.code IS 'Official code, unique within the level.';
COMMENT ON COLUMN geo.regions.area_km2 IS 'Area in km², measured on the spheroid when the shape is stored.';
COMMENT ON COLUMN geo.regions.income IS 'Mean yearly income per household, in the currency of the project.';
COMMENT ON COLUMN geo.regions.dwelling_value IS 'Mean value of a dwelling, in the currency of the project.';
COMMENT ON COLUMN geo.regions.statistics IS 'Further numeric statistics by name, for example dwellings_detached.';

CREATE TABLE geo.region_members (
  descendant_id bigint NOT NULL,
  level smallint NOT NULL,
  region_id bigint,
  parent_id bigint,
  CONSTRAINT region_members_pkey PRIMARY KEY (descendant_id, level)
);
CREATE INDEX region_members_region_id_idx ON geo.region_members (region_id, level);
CREATE INDEX region_members_parent_id_idx ON geo.region_members (parent_id, level);
COMMENT ON TABLE geo.region_members IS 'For every region (descendant_id) exactly one row a level: the region that holds it there. Descendant 0 stands for "not placed". Derived: geo.refresh_region_members().';
COMMENT ON COLUMN geo.region_members.region_id IS 'The region at this level; null where the descendant is not inside any region of the level ("elsewhere"), so that children always sum to their parent.';
COMMENT ON COLUMN geo.region_members.parent_id IS 'The nearest known region above this level: what to filter on to list the children of a region.';

CREATE TABLE geo.region_paths (
  region_id bigint CONSTRAINT region_paths_pkey PRIMARY KEY,
  path_ids bigint[] NOT NULL,
  level_1_id bigint, level_1_name text,
  level_2_id bigint, level_2_name text,
  level_3_id bigint, level_3_name text,
  level_4_id bigint, level_4_name text,
  level_5_id bigint, level_5_name text,
  level_6_id bigint, level_6_name text,
  level_7_id bigint, level_7_name text,
  level_8_id bigint, level_8_name text
);
CREATE INDEX region_paths_path_ids_idx ON geo.region_paths USING gin (path_ids);
COMMENT ON TABLE geo.region_paths IS 'For every region its ancestors and itself, a column a level. Derived: geo.refresh_region_members().';
COMMENT ON COLUMN geo.region_paths.path_ids IS 'Ids from the project (level 0) down to the region itself.';

INSERT INTO geo.region_levels (level, name, plural_name) VALUES (0, 'Project', 'Projects');
INSERT INTO geo.regions (level, code, name) VALUES (0, 'project', 'All regions');

CREATE FUNCTION geo.refresh_region_members() RETURNS void
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
  SELECT p.region_id, l.level, at_level.region_id,
         (SELECT r.region_id FROM geo.regions r
          WHERE r.region_id = ANY (p.path_ids) AND r.level < l.level
          ORDER BY r.level DESC LIMIT 1)
  FROM geo.region_paths p
  CROSS JOIN geo.region_levels l
  LEFT JOIN LATERAL (SELECT r.region_id FROM geo.regions r
                     WHERE r.region_id = ANY (p.path_ids) AND r.level = l.level) at_level ON true;
  INSERT INTO geo.region_members (descendant_id, level, region_id, parent_id)
  SELECT 0, l.level,
         CASE WHEN l.level = 0 THEN root.region_id END,
         CASE WHEN l.level > 0 THEN root.region_id END
  FROM geo.region_levels l
  CROSS JOIN (SELECT region_id FROM geo.regions WHERE level = 0) root;
END $$;
COMMENT ON FUNCTION geo.refresh_region_members() IS 'Rebuilds geo.region_paths and geo.region_members after the hierarchy changed.';
SELECT geo.refresh_region_members();

CREATE TABLE geo.road_nodes (
  node_id bigint CONSTRAINT road_nodes_pkey PRIMARY KEY,
  geom geometry(Point, 4326) NOT NULL
);
COMMENT ON TABLE geo.road_nodes IS 'Junctions and ends of roads: the nodes of the road graph. node_id is the OpenStreetMap node id where the road came from there.';

CREATE TABLE geo.roads (
  road_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT roads_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT roads_source_key_key UNIQUE,
  class text NOT NULL,
  name text,
  ref text,
  surface text,
  smoothness text,
  condition text NOT NULL,
  max_speed_kmh real,
  one_way text NOT NULL DEFAULT 'no',
  lanes smallint,
  toll boolean NOT NULL DEFAULT false,
  bridge boolean NOT NULL DEFAULT false,
  tunnel boolean NOT NULL DEFAULT false,
  length_m real NOT NULL,
  geom geometry(LineString, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT roads_class_check CHECK (class IN ('motorway','trunk','primary','secondary','tertiary','residential','service','track','pedestrian','cycleway','path','other')),
  CONSTRAINT roads_condition_check CHECK (condition IN ('good','fair','poor','bad','unknown')),
  CONSTRAINT roads_one_way_check CHECK (one_way IN ('no','forward','backward','reversible'))
);
CREATE INDEX roads_geom_idx ON geo.roads USING gist (geom);
CREATE INDEX roads_search_idx ON geo.roads USING gin (app.search_text(name) gin_trgm_ops);
COMMENT ON TABLE geo.roads IS 'Roads, one row a way: class, surface, condition, speed, direction.';
COMMENT ON COLUMN geo.roads.source_key IS 'Stable key of the feature in its source, for example way/123; re-imports update by it.';
COMMENT ON COLUMN geo.roads.class IS 'Road class; OpenStreetMap link roads count as the class they link, unclassified and living_street as residential.';
COMMENT ON COLUMN geo.roads.condition IS 'Derived from smoothness, else surface, else unknown: good, fair, poor, bad.';
COMMENT ON COLUMN geo.roads.one_way IS 'Direction of travel relative to the geometry.';

CREATE TABLE geo.road_edges (
  edge_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT road_edges_pkey PRIMARY KEY,
  road_id bigint NOT NULL CONSTRAINT road_edges_road_id_fkey REFERENCES geo.roads (road_id) ON DELETE CASCADE,
  sequence integer NOT NULL,
  from_node_id bigint NOT NULL CONSTRAINT road_edges_from_node_id_fkey REFERENCES geo.road_nodes (node_id),
  to_node_id bigint NOT NULL CONSTRAINT road_edges_to_node_id_fkey REFERENCES geo.road_nodes (node_id),
  length_m real NOT NULL,
  geom geometry(LineString, 4326) NOT NULL,
  CONSTRAINT road_edges_road_id_sequence_key UNIQUE (road_id, sequence)
);
CREATE INDEX road_edges_from_node_id_idx ON geo.road_edges (from_node_id);
CREATE INDEX road_edges_to_node_id_idx ON geo.road_edges (to_node_id);
COMMENT ON TABLE geo.road_edges IS 'Roads split at every junction: the edges of the road graph, in the direction of the geometry.';

CREATE TABLE geo.buildings (
  building_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT buildings_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT buildings_source_key_key UNIQUE,
  housing_type text NOT NULL,
  name text,
  levels smallint,
  year smallint,
  dwellings integer,
  area_m2 real,
  geom geometry(MultiPolygon, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT buildings_housing_type_check CHECK (housing_type IN ('detached','semi_detached','terrace','apartments','farm','houseboat','other_residential','non_residential','unknown'))
);
CREATE INDEX buildings_geom_idx ON geo.buildings USING gist (geom);
COMMENT ON TABLE geo.buildings IS 'Building footprints with housing type, levels, year built and dwellings.';
COMMENT ON COLUMN geo.buildings.housing_type IS 'unknown where the source says only that there is a building.';
COMMENT ON COLUMN geo.buildings.area_m2 IS 'Footprint area in m², on the spheroid.';

CREATE TABLE geo.business_zones (
  zone_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT business_zones_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT business_zones_source_key_key UNIQUE,
  kind text NOT NULL,
  name text,
  area_m2 real,
  geom geometry(MultiPolygon, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT business_zones_kind_check CHECK (kind IN ('industrial','commercial','retail','office_park','port','railway','airport','quarry','military','institutional','other'))
);
CREATE INDEX business_zones_geom_idx ON geo.business_zones USING gist (geom);
CREATE INDEX business_zones_search_idx ON geo.business_zones USING gin (app.search_text(name) gin_trgm_ops);
COMMENT ON TABLE geo.business_zones IS 'Areas of business land use: industrial, commercial, retail, office park, port and others.';

CREATE TABLE geo.places (
  place_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT places_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT places_source_key_key UNIQUE,
  category text NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  phone text,
  email text,
  website text,
  opening_hours text,
  street text,
  house_number text,
  postcode text,
  city text,
  region_id bigint CONSTRAINT places_region_id_fkey REFERENCES geo.regions (region_id) ON DELETE SET NULL,
  zone_id bigint CONSTRAINT places_zone_id_fkey REFERENCES geo.business_zones (zone_id) ON DELETE SET NULL,
  geom geometry(Point, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT places_category_check CHECK (category IN ('shop','office','craft','works','amenity','tourism','leisure','healthcare','other'))
);
CREATE INDEX places_geom_idx ON geo.places USING gist (geom);
CREATE INDEX places_region_id_idx ON geo.places (region_id);
CREATE INDEX places_zone_id_idx ON geo.places (zone_id);
CREATE INDEX places_search_idx ON geo.places USING gin (app.search_text(name) gin_trgm_ops);
COMMENT ON TABLE geo.places IS 'Named shops, offices, crafts, works and amenities: where new customers may be found.';
COMMENT ON COLUMN geo.places.kind IS 'The value within the category, for example bakery or lawyer.';

CREATE TABLE geo.addresses (
  address_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT addresses_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT addresses_source_key_key UNIQUE,
  street text,
  house_number text,
  postcode text,
  city text,
  label text GENERATED ALWAYS AS (
    COALESCE(street, '') || COALESCE(' ' || house_number, '') || COALESCE(', ' || postcode, '') || COALESCE(' ' || city, '')
  ) STORED,
  geom geometry(Point, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint
);
CREATE INDEX addresses_geom_idx ON geo.addresses USING gist (geom);
CREATE INDEX addresses_postcode_idx ON geo.addresses (postcode);
CREATE INDEX addresses_search_idx ON geo.addresses USING gin (app.search_text(label) gin_trgm_ops);
COMMENT ON TABLE geo.addresses IS 'Exact addresses with their point.';

CREATE TABLE geo.land_cover (
  land_cover_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT land_cover_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT land_cover_source_key_key UNIQUE,
  kind text NOT NULL,
  name text,
  geom geometry(MultiPolygon, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT land_cover_kind_check CHECK (kind IN ('water','park','forest','grass','farmland','beach','residential'))
);
CREATE INDEX land_cover_geom_idx ON geo.land_cover USING gist (geom);
COMMENT ON TABLE geo.land_cover IS 'Water, parks, forest and the like: the quiet background of the map.';

CREATE TABLE geo.postcodes (
  postcode text CONSTRAINT postcodes_pkey PRIMARY KEY,
  place text,
  region_id bigint CONSTRAINT postcodes_region_id_fkey REFERENCES geo.regions (region_id) ON DELETE SET NULL,
  geom geometry(Point, 4326),
  source text,
  licence text,
  import_id bigint
);
CREATE INDEX postcodes_region_id_idx ON geo.postcodes (region_id);
CREATE INDEX postcodes_geom_idx ON geo.postcodes USING gist (geom);
COMMENT ON TABLE geo.postcodes IS 'Postcode to point, place and region. The point is null where the source gave none inside the project.';

CREATE TABLE geo.postcode_ranges (
  first_postcode text NOT NULL,
  last_postcode text NOT NULL,
  region_id bigint NOT NULL CONSTRAINT postcode_ranges_region_id_fkey REFERENCES geo.regions (region_id) ON DELETE CASCADE,
  import_id bigint,
  CONSTRAINT postcode_ranges_pkey PRIMARY KEY (first_postcode, last_postcode, region_id),
  CONSTRAINT postcode_ranges_order_check CHECK (first_postcode <= last_postcode)
);
CREATE INDEX postcode_ranges_region_id_idx ON geo.postcode_ranges (region_id);
COMMENT ON TABLE geo.postcode_ranges IS 'Ranges of postcodes (inclusive, compared as text of equal length) that belong to a region; used where geo.postcodes has no row.';
