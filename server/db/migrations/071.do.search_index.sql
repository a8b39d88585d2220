CREATE TABLE geo.settlements (
  settlement_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT settlements_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT settlements_source_key_key UNIQUE,
  name text NOT NULL,
  country text,
  area text,
  population bigint,
  geom geometry(Point, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT settlements_country_check CHECK (country ~ '^[A-Z]{2}$'),
  CONSTRAINT settlements_population_check CHECK (population >= 0)
);
CREATE INDEX settlements_geom_idx ON geo.settlements USING gist (geom);
COMMENT ON TABLE geo.settlements IS 'Cities, towns and villages of a gazetteer: what addresses name as their town.';
COMMENT ON COLUMN geo.settlements.country IS 'Two-letter code (ISO 3166-1).';
COMMENT ON COLUMN geo.settlements.area IS 'State, province or the like, as the gazetteer names or numbers it.';

CREATE TABLE geo.names (
  name_id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT names_pkey PRIMARY KEY,
  name text NOT NULL CONSTRAINT names_name_key UNIQUE,
  plain text NOT NULL,
  key text NOT NULL,
  words text[] NOT NULL,
  is_street boolean NOT NULL DEFAULT false,
  is_town boolean NOT NULL DEFAULT false,
  is_place boolean NOT NULL DEFAULT false
);
CREATE INDEX names_street_idx ON geo.names USING gin (plain gin_trgm_ops) WHERE is_street;
CREATE INDEX names_town_idx ON geo.names USING gin (plain gin_trgm_ops) WHERE is_town;
CREATE INDEX names_place_idx ON geo.names USING gin (plain gin_trgm_ops) WHERE is_place;
CREATE INDEX names_town_key_idx ON geo.names (key) WHERE is_town;
COMMENT ON TABLE geo.names IS 'Every spelling of a street, town or place that is loaded, once: the small dictionary in which spelling errors are looked up.';
COMMENT ON COLUMN geo.names.plain IS 'Lower case, no accents or punctuation.';
COMMENT ON COLUMN geo.names.key IS 'The same with every word in the form that its abbreviations share.';
COMMENT ON COLUMN geo.names.words IS 'What the index holds: the words of plain and key, and the key without blanks after an equals sign.';

CREATE TABLE geo.search_entries (
  entry_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT search_entries_pkey PRIMARY KEY,
  kind text NOT NULL,
  identity text NOT NULL,
  ref_id bigint,
  name_id integer NOT NULL CONSTRAINT search_entries_name_id_fkey REFERENCES geo.names (name_id),
  town_id integer CONSTRAINT search_entries_town_id_fkey REFERENCES geo.names (name_id),
  name text NOT NULL,
  town text,
  locality_keys text[] NOT NULL DEFAULT '{}',
  area_keys text[] NOT NULL DEFAULT '{}',
  postcode_keys text[] NOT NULL DEFAULT '{}',
  country text,
  weight real NOT NULL DEFAULT 0,
  words tsvector NOT NULL DEFAULT '',
  geom geometry(Point, 4326),
  extent geometry(Geometry, 4326),
  region_id bigint,
  source text,
  licence text,
  is_stale boolean NOT NULL DEFAULT true,
  CONSTRAINT search_entries_kind_identity_key UNIQUE (kind, identity),
  CONSTRAINT search_entries_kind_check CHECK (kind IN ('street','postcode','settlement','region','place'))
);
CREATE INDEX search_entries_words_idx ON geo.search_entries USING gin (words) WITH (fastupdate = off);
CREATE INDEX search_entries_name_id_idx ON geo.search_entries (name_id);
CREATE INDEX search_entries_town_id_idx ON geo.search_entries (town_id);
CREATE INDEX search_entries_stale_idx ON geo.search_entries (kind, entry_id) WHERE is_stale;
COMMENT ON TABLE geo.search_entries IS 'Everything that has a name to be found by: streets, postcodes, settlements, regions and places. Derived from the loaded layers; geo.address_entries hangs the houses on the streets.';
COMMENT ON COLUMN geo.search_entries.identity IS 'Key within the kind: name, town and cell of a street, key of a postcode, else the id in the own table.';
COMMENT ON COLUMN geo.search_entries.ref_id IS 'Id in the own table; null for streets and postcodes.';
COMMENT ON COLUMN geo.search_entries.town IS 'Town as it is shown with the name.';
COMMENT ON COLUMN geo.search_entries.locality_keys IS 'Keys of the names of its town.';
COMMENT ON COLUMN geo.search_entries.area_keys IS 'Keys of the wider areas around it: regions, country. Weaker evidence than the town.';
COMMENT ON COLUMN geo.search_entries.weight IS 'What comes first among equals: houses of a street or postcode, inhabitants of a settlement or region.';
COMMENT ON COLUMN geo.search_entries.words IS 'Lexemes: words of the name bare, of town and areas after @, postcodes after #.';

CREATE TABLE geo.address_entries (
  address_id bigint CONSTRAINT address_entries_pkey PRIMARY KEY,
  entry_id bigint NOT NULL,
  number integer,
  suffix text NOT NULL,
  postcode_key text
);
CREATE INDEX address_entries_entry_id_idx ON geo.address_entries (entry_id, number);
CREATE INDEX address_entries_postcode_idx ON geo.address_entries (postcode_key);
COMMENT ON TABLE geo.address_entries IS 'Which street (geo.search_entries) an address lies on, and its house number as number and suffix. Kept by triggers and geo.index_addresses(), not by foreign keys, which would cost as much as the rest of the index.';

CREATE TABLE geo.road_entries (
  road_id bigint CONSTRAINT road_entries_pkey PRIMARY KEY,
  entry_id bigint NOT NULL
);
CREATE INDEX road_entries_entry_id_idx ON geo.road_entries (entry_id);
COMMENT ON TABLE geo.road_entries IS 'Which street a named road belongs to.';

CREATE TABLE geo.search_queue (
  queue_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT search_queue_pkey PRIMARY KEY,
  layer text NOT NULL,
  row_id bigint NOT NULL
);
COMMENT ON TABLE geo.search_queue IS 'Addresses and roads that came or changed since the index was refreshed; written by triggers.';

CREATE TABLE geo.search_layers (
  layer text CONSTRAINT search_layers_pkey PRIMARY KEY,
  changes bigint NOT NULL DEFAULT 1,
  indexed_changes bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE geo.search_layers IS 'Smaller layers of the search index: how often they changed, and which of these changes the index has.';
INSERT INTO geo.search_layers (layer) VALUES ('regions'), ('postcodes'), ('places'), ('settlements');

CREATE FUNCTION geo.queue_for_search() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'addresses' THEN
    INSERT INTO geo.search_queue (layer, row_id) SELECT 'addresses', address_id FROM new_rows ORDER BY address_id;
  ELSE
    INSERT INTO geo.search_queue (layer, row_id) SELECT 'roads', road_id FROM new_rows WHERE name IS NOT NULL ORDER BY road_id;
    IF TG_OP = 'UPDATE' THEN
      UPDATE geo.search_entries e SET is_stale = true
      FROM geo.road_entries r JOIN new_rows n ON n.road_id = r.road_id
      WHERE e.entry_id = r.entry_id AND n.name IS NULL;
      DELETE FROM geo.road_entries r USING new_rows n WHERE r.road_id = n.road_id AND n.name IS NULL;
    END IF;
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION geo.queue_for_search() IS 'Statement trigger: addresses and named roads that came or changed wait for the search index.';

CREATE FUNCTION geo.leave_search() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    EXECUTE format('TRUNCATE geo.%I', CASE TG_TABLE_NAME WHEN 'addresses' THEN 'address_entries' ELSE 'road_entries' END);
    UPDATE geo.search_entries SET is_stale = true WHERE kind IN ('street','postcode');
    DELETE FROM geo.search_queue WHERE layer = TG_TABLE_NAME;
  ELSIF TG_TABLE_NAME = 'addresses' THEN
    WITH gone AS (
      DELETE FROM geo.address_entries e USING old_rows o WHERE e.address_id = o.address_id
      RETURNING e.entry_id, e.postcode_key
    )
    UPDATE geo.search_entries e SET is_stale = true
    WHERE e.entry_id IN (SELECT entry_id FROM gone)
       OR e.kind = 'postcode' AND e.identity IN (SELECT postcode_key FROM gone);
  ELSE
    WITH gone AS (
      DELETE FROM geo.road_entries e USING old_rows o WHERE e.road_id = o.road_id RETURNING e.entry_id
    )
    UPDATE geo.search_entries e SET is_stale = true WHERE e.entry_id IN (SELECT entry_id FROM gone);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION geo.leave_search() IS 'Statement trigger: removed addresses and roads leave the search index at once; their streets are refreshed later.';

CREATE TRIGGER addresses_inserted_search AFTER INSERT ON geo.addresses REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.queue_for_search();
CREATE TRIGGER addresses_updated_search AFTER UPDATE ON geo.addresses REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.queue_for_search();
CREATE TRIGGER addresses_deleted_search AFTER DELETE ON geo.addresses REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.leave_search();
CREATE TRIGGER addresses_truncated_search AFTER TRUNCATE ON geo.addresses
  FOR EACH STATEMENT EXECUTE FUNCTION geo.leave_search();
CREATE TRIGGER roads_inserted_search AFTER INSERT ON geo.roads REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.queue_for_search();
CREATE TRIGGER roads_updated_search AFTER UPDATE ON geo.roads REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.queue_for_search();
CREATE TRIGGER roads_deleted_search AFTER DELETE ON geo.roads REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION geo.leave_search();
CREATE TRIGGER roads_truncated_search AFTER TRUNCATE ON geo.roads
  FOR EACH STATEMENT EXECUTE FUNCTION geo.leave_search();

CREATE FUNCTION geo.mark_search_layer() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  UPDATE geo.search_layers SET changes = changes + 1 WHERE layer = TG_TABLE_NAME;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION geo.mark_search_layer() IS 'Statement trigger: says that the search index is behind a layer.';
CREATE TRIGGER regions_search_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.regions
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();
CREATE TRIGGER regions_search_columns AFTER UPDATE OF name, code, geom, parent_id, population ON geo.regions
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();
CREATE TRIGGER postcodes_search_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.postcodes
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();
CREATE TRIGGER postcodes_search_columns AFTER UPDATE OF place, geom ON geo.postcodes
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();
CREATE TRIGGER places_search_rows AFTER INSERT OR DELETE OR TRUNCATE ON geo.places
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();
CREATE TRIGGER places_search_columns AFTER UPDATE OF name, street, city, geom ON geo.places
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();
CREATE TRIGGER settlements_search AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON geo.settlements
  FOR EACH STATEMENT EXECUTE FUNCTION geo.mark_search_layer();

INSERT INTO geo.search_queue (layer, row_id) SELECT 'addresses', address_id FROM geo.addresses ORDER BY address_id;
INSERT INTO geo.search_queue (layer, row_id) SELECT 'roads', road_id FROM geo.roads WHERE name IS NOT NULL ORDER BY road_id;

CREATE FUNCTION geo.postcode_search_key(postcode text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT NULLIF(translate(lower(postcode), E' -./,\t_', ''), '')
$$;
COMMENT ON FUNCTION geo.postcode_search_key(text) IS 'A postcode in lower case without blanks, hyphens and dots; null where nothing is left.';
CREATE INDEX postcodes_search_key_idx ON geo.postcodes (geo.postcode_search_key(postcode));
