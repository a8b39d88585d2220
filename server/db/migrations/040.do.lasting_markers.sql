-- The change log is trimmed after a day. Markers must not move by that, or every rollup would be built again.

CREATE TABLE app.trimmed_changes (
  layer text CONSTRAINT trimmed_changes_pkey PRIMARY KEY,
  changes bigint NOT NULL,
  newest bigint NOT NULL
);
COMMENT ON TABLE app.trimmed_changes IS 'What app.changes held of each layer before it was trimmed, so that app.change_marker() stays the same.';
COMMENT ON COLUMN app.trimmed_changes.changes IS 'Number of changes that were removed from the log.';
COMMENT ON COLUMN app.trimmed_changes.newest IS 'Highest change_id among them.';

CREATE FUNCTION app.keep_trimmed_changes() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO app.trimmed_changes AS kept (layer, changes, newest)
  SELECT layer, count(*), max(change_id) FROM old_rows GROUP BY layer
  ON CONFLICT (layer) DO UPDATE
    SET changes = kept.changes + EXCLUDED.changes, newest = greatest(kept.newest, EXCLUDED.newest);
  RETURN NULL;
END $$;
COMMENT ON FUNCTION app.keep_trimmed_changes() IS 'Statement trigger of app.changes: adds what is removed from the log to app.trimmed_changes.';

CREATE TRIGGER changes_trimmed AFTER DELETE ON app.changes REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.keep_trimmed_changes();

CREATE OR REPLACE FUNCTION app.change_marker(VARIADIC layers text[]) RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$
  SELECT concat(sum(changes), '/', max(newest))
  FROM (SELECT count(*) AS changes, max(change_id) AS newest FROM app.changes WHERE layer = ANY (layers)
        UNION ALL
        SELECT changes, newest FROM app.trimmed_changes WHERE layer = ANY (layers)) all_changes
$$;
COMMENT ON FUNCTION app.change_marker(text[]) IS 'A text that differs as soon as a change of one of the layers is committed, and only then: what rollups and caches are refreshed by.';
