ALTER TABLE geo.buildings
  ADD COLUMN tagged_housing_type text,
  ADD COLUMN housing_type_source text NOT NULL DEFAULT 'tagged',
  ADD COLUMN housing_type_confidence real,
  ADD COLUMN housing_type_rule text,
  ADD COLUMN register_ref text,
  ADD COLUMN register_units integer,
  ADD COLUMN register_dwellings integer,
  ADD COLUMN register_year smallint,
  ADD CONSTRAINT buildings_tagged_housing_type_check CHECK (tagged_housing_type IN ('detached','semi_detached','terrace','apartments','farm','houseboat','house','residential','other_residential','non_residential','unknown')),
  ADD CONSTRAINT buildings_housing_type_source_check CHECK (housing_type_source IN ('tagged','derived')),
  ADD CONSTRAINT buildings_housing_type_confidence_check CHECK (housing_type_confidence BETWEEN 0 AND 1);
CREATE INDEX buildings_register_ref_idx ON geo.buildings (register_ref) WHERE register_ref IS NOT NULL;
COMMENT ON COLUMN geo.buildings.housing_type IS 'As tagged, or derived where the tag says too little (see housing_type_source); unknown where neither says enough.';
COMMENT ON COLUMN geo.buildings.tagged_housing_type IS 'What the source says: a housing type, or house or residential where it leaves open which. Null where housing_type is all that was ever said.';
COMMENT ON COLUMN geo.buildings.housing_type_source IS 'tagged: the source says it; derived: found from shape, neighbours, addresses and surroundings.';
COMMENT ON COLUMN geo.buildings.housing_type_confidence IS 'How sure a derived housing type is, 0 to 1; null where it was not derived.';
COMMENT ON COLUMN geo.buildings.housing_type_rule IS 'Name of the rule that derived the type, see docs/housing-types.md; null where it was not derived.';
COMMENT ON COLUMN geo.buildings.register_ref IS 'Id of the building in the official register, without leading zeros.';
COMMENT ON COLUMN geo.buildings.register_units IS 'Units in use that the register of dwellings has in the building; null where no unit was linked.';
COMMENT ON COLUMN geo.buildings.register_dwellings IS 'How many of these units are dwellings.';
COMMENT ON COLUMN geo.buildings.register_year IS 'Year built according to the register of dwellings.';

-- What said only that there is a building can be derived now.
UPDATE geo.buildings SET tagged_housing_type = 'unknown' WHERE housing_type = 'unknown';

CREATE FUNCTION geo.housing_type_of_tag(tagged text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN tagged IN ('house', 'residential') THEN 'other_residential' ELSE tagged END
$$;
COMMENT ON FUNCTION geo.housing_type_of_tag(text) IS 'The housing type of a building for which nothing more was derived than its source says.';

CREATE FUNCTION geo.local_metres(shape geometry, origin geometry) RETURNS geometry
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT public.ST_Affine(shape, east, 0, 0, north, -public.ST_X(origin) * east, -public.ST_Y(origin) * north)
  FROM (SELECT 111320.0 * cos(radians(public.ST_Y(origin))) AS east, 111132.0 AS north) metres
$$;
COMMENT ON FUNCTION geo.local_metres(geometry, geometry) IS 'A shape (EPSG:4326) on a plane in metres around a point: lengths within a few hundred metres are true to 0.5 %.';

CREATE TABLE geo.dwelling_units (
  unit_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT dwelling_units_pkey PRIMARY KEY,
  source_key text NOT NULL CONSTRAINT dwelling_units_source_key_key UNIQUE,
  building_id bigint CONSTRAINT dwelling_units_building_id_fkey REFERENCES geo.buildings (building_id) ON DELETE SET NULL,
  building_ref text,
  use text,
  is_dwelling boolean NOT NULL,
  in_use boolean NOT NULL DEFAULT true,
  floor_area_m2 real,
  year smallint,
  link text NOT NULL DEFAULT 'none',
  geom geometry(Point, 4326),
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT dwelling_units_link_check CHECK (link IN ('reference','point','none'))
);
CREATE INDEX dwelling_units_building_id_idx ON geo.dwelling_units (building_id);
CREATE INDEX dwelling_units_building_ref_idx ON geo.dwelling_units (building_ref);
CREATE INDEX dwelling_units_geom_idx ON geo.dwelling_units USING gist (geom);
COMMENT ON TABLE geo.dwelling_units IS 'Units of an official register of dwellings: use, floor area, year, and the building that holds them.';
COMMENT ON COLUMN geo.dwelling_units.building_ref IS 'Id of the building in the register, without leading zeros.';
COMMENT ON COLUMN geo.dwelling_units.use IS 'Use as the register words it.';
COMMENT ON COLUMN geo.dwelling_units.is_dwelling IS 'Whether the use is, or includes, living.';
COMMENT ON COLUMN geo.dwelling_units.in_use IS 'False for units that are planned, withdrawn or demolished.';
COMMENT ON COLUMN geo.dwelling_units.link IS 'How the building was found: by its reference in the register, by the point in its footprint, or not at all.';
