CREATE TABLE geo.zone_parts (
  part_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT zone_parts_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT zone_parts_source_key_key UNIQUE,
  kind text NOT NULL,
  name text,
  area_m2 real,
  geom geometry(MultiPolygon, 4326) NOT NULL,
  source text,
  licence text,
  import_id bigint,
  extract_ids integer[] NOT NULL DEFAULT '{}',
  CONSTRAINT zone_parts_kind_check CHECK (kind IN ('industrial','commercial','retail','office_park','port','railway','airport','quarry','military','institutional','other'))
);
CREATE INDEX zone_parts_geom_idx ON geo.zone_parts USING gist (geom);
COMMENT ON TABLE geo.zone_parts IS 'Business land use as its sources have it, nested and overlapping. geo.business_zones is made of it.';
COMMENT ON COLUMN geo.zone_parts.extract_ids IS 'The extracts (geo.extracts) that hold the feature.';

ALTER TABLE geo.business_zones
  ADD COLUMN part_keys text[],
  ADD COLUMN tagged_kind text,
  ADD COLUMN kind_source text NOT NULL DEFAULT 'tagged',
  ADD COLUMN name_source text,
  ADD CONSTRAINT business_zones_kind_source_check CHECK (kind_source IN ('tagged','derived')),
  ADD CONSTRAINT business_zones_name_source_check CHECK (name_source IN ('own','enclosing','occupant'));
COMMENT ON TABLE geo.business_zones IS 'Areas of business land use without overlap: industrial, commercial, retail, office park, port and others.';
COMMENT ON COLUMN geo.business_zones.part_keys IS 'Keys in geo.zone_parts of what the zone is made of, the first one its own; null where it was not made of parts.';
COMMENT ON COLUMN geo.business_zones.tagged_kind IS 'The kind that the source says; null where the zone was not made of parts.';
COMMENT ON COLUMN geo.business_zones.kind_source IS 'tagged: the source says it; derived: found from the places inside.';
COMMENT ON COLUMN geo.business_zones.name_source IS 'own: of the zone itself; enclosing: of the zone around it; occupant: of the one business inside. Null without a name.';

-- What was imported from features before becomes parts; the next import resolves them.
INSERT INTO geo.zone_parts (source_key, kind, name, area_m2, geom, source, licence, import_id)
SELECT source_key, kind, name, area_m2, geom, source, licence, import_id
FROM geo.business_zones WHERE source_key ~ '^(way|relation)/';
UPDATE geo.business_zones SET part_keys = ARRAY[source_key], tagged_kind = kind
WHERE source_key ~ '^(way|relation)/';
