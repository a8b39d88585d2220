CREATE TABLE app.settings (
  name text CONSTRAINT settings_pkey PRIMARY KEY,
  value jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE app.settings IS 'Project-wide settings: name, currency, bounds (EPSG:4326, [west, south, east, north]), whether it is the demo.';

CREATE TABLE app.imports (
  import_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT imports_pkey PRIMARY KEY,
  importer text NOT NULL,
  source_name text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  status text NOT NULL DEFAULT 'running',
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  rows_read bigint NOT NULL DEFAULT 0,
  rows_total bigint,
  rows_inserted bigint NOT NULL DEFAULT 0,
  rows_updated bigint NOT NULL DEFAULT 0,
  rows_unchanged bigint NOT NULL DEFAULT 0,
  rows_rejected bigint NOT NULL DEFAULT 0,
  rows_warned bigint NOT NULL DEFAULT 0,
  summary jsonb NOT NULL DEFAULT '{}',
  error text,
  user_id text,
  CONSTRAINT imports_status_check CHECK (status IN ('running','succeeded','failed','cancelled'))
);
CREATE INDEX imports_started_at_idx ON app.imports (started_at);
COMMENT ON TABLE app.imports IS 'One row an import: what was read, what became of it, and by whom.';

CREATE TABLE app.import_issues (
  import_issue_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT import_issues_pkey PRIMARY KEY,
  import_id bigint NOT NULL CONSTRAINT import_issues_import_id_fkey REFERENCES app.imports (import_id) ON DELETE CASCADE,
  severity text NOT NULL,
  line bigint,
  field text,
  value text,
  reason text NOT NULL,
  CONSTRAINT import_issues_severity_check CHECK (severity IN ('rejected','warning'))
);
CREATE INDEX import_issues_import_id_idx ON app.import_issues (import_id);
COMMENT ON TABLE app.import_issues IS 'Rows that an import rejected or accepted with a warning: line (or feature number), field, value and reason.';

CREATE TABLE app.changes (
  change_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT changes_pkey PRIMARY KEY,
  transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
  layer text NOT NULL,
  row_id bigint,
  changed_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE app.changes IS 'Change log, written by triggers in the transaction of the change. row_id null means that so many rows changed at once that the layer must be read again.';
COMMENT ON COLUMN app.changes.transaction_id IS 'Readers take a change as settled only below pg_snapshot_xmin(pg_current_snapshot()): identities are handed out before commit, so a later id can be visible first.';

CREATE FUNCTION app.log_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  layer_name text := TG_ARGV[0];
  key_column text := TG_ARGV[1];
  row_limit constant int := 2000;
  ids bigint[];
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.changes (layer, row_id) VALUES (layer_name, NULL);
    RETURN NULL;
  END IF;
  IF TG_OP = 'DELETE' THEN
    EXECUTE format('SELECT array_agg(k) FROM (SELECT %I AS k FROM old_rows LIMIT %s) s', key_column, row_limit + 1) INTO ids;
  ELSE
    EXECUTE format('SELECT array_agg(k) FROM (SELECT %I AS k FROM new_rows LIMIT %s) s', key_column, row_limit + 1) INTO ids;
  END IF;
  IF ids IS NULL THEN
    RETURN NULL;
  ELSIF cardinality(ids) > row_limit THEN
    INSERT INTO app.changes (layer, row_id) VALUES (layer_name, NULL);
  ELSE
    INSERT INTO app.changes (layer, row_id) SELECT layer_name, unnest(ids);
  END IF;
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.log_changes() IS 'Statement trigger: writes the changed ids of (layer, key column) to app.changes, or one row for the whole layer above 2,000.';
