CREATE TABLE geo.extracts (
  extract_id integer GENERATED ALWAYS AS IDENTITY CONSTRAINT extracts_pkey PRIMARY KEY,
  name text NOT NULL CONSTRAINT extracts_name_key UNIQUE,
  import_id bigint
);
COMMENT ON TABLE geo.extracts IS 'OpenStreetMap extracts by name, whatever their date: liechtenstein for liechtenstein-2015.osm.pbf. A newer file of an extract may replace an older one.';
COMMENT ON COLUMN geo.extracts.import_id IS 'The latest import of it.';

INSERT INTO geo.extracts (name, import_id)
SELECT regexp_replace(regexp_replace(source_name, '(\.(osm|pbf|xml|gz))+$', ''),
                      '([-_.](latest|\d{8}|\d{6}|\d{4}(-\d{2}){0,2}))+$', '') AS name, max(import_id)
FROM app.imports WHERE importer = 'osm' GROUP BY 1;

DO $$
DECLARE layer text;
BEGIN
  FOREACH layer IN ARRAY ARRAY['roads', 'buildings', 'zone_parts', 'places', 'addresses', 'land_cover'] LOOP
    EXECUTE format('ALTER TABLE geo.%I ADD COLUMN IF NOT EXISTS extract_ids integer[] NOT NULL DEFAULT ''{}''', layer);
    EXECUTE format('COMMENT ON COLUMN geo.%I.extract_ids IS %L', layer,
      'The extracts (geo.extracts) that hold the feature; it goes when the last of them is replaced by a file without it.');
    EXECUTE format($update$
      UPDATE geo.%I t SET extract_ids = ARRAY[e.extract_id]
      FROM app.imports i
      JOIN geo.extracts e ON e.name = regexp_replace(regexp_replace(i.source_name, '(\.(osm|pbf|xml|gz))+$', ''),
                                                     '([-_.](latest|\d{8}|\d{6}|\d{4}(-\d{2}){0,2}))+$', '')
      WHERE i.importer = 'osm' AND i.import_id = t.import_id$update$, layer);
  END LOOP;
END $$;
