CREATE TABLE app.selections (
  selection_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT selections_pkey PRIMARY KEY,
  owner_id text NOT NULL,
  name text,
  sharing text NOT NULL DEFAULT 'me',
  definition jsonb NOT NULL,
  membership jsonb NOT NULL,
  geom geometry(MultiPolygon, 4326),
  area_km2 double precision,
  revision integer NOT NULL DEFAULT 1,
  used_at timestamptz NOT NULL DEFAULT now(),
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT selections_sharing_check CHECK (sharing IN ('me','team','everyone')),
  CONSTRAINT selections_name_check CHECK (btrim(name) <> '')
);
CREATE INDEX selections_owner_id_idx ON app.selections (owner_id, updated_at);
CREATE INDEX selections_used_at_idx ON app.selections (used_at) WHERE name IS NULL;
COMMENT ON TABLE app.selections IS 'Sets of accounts that somebody drew or picked. Which accounts are in one is never stored: app.selection_accounts() tells it as of now.';
COMMENT ON COLUMN app.selections.owner_id IS 'User, or service:<token id>; without a foreign key because tokens of nobody may select too.';
COMMENT ON COLUMN app.selections.name IS 'Null while it was not saved: such a one is removed a month after its last use.';
COMMENT ON COLUMN app.selections.definition IS 'What was drawn, as the editor needs it (server/contract/selections.ts).';
COMMENT ON COLUMN app.selections.membership IS 'Which accounts are in it: {"part": n} a shape of app.selection_parts, {"regions": [ids]}, {"accounts": [ids]}, and {"any": [..]}, {"all": [..]}, {"not": ..} of these.';
COMMENT ON COLUMN app.selections.geom IS 'What it looks like on the map; membership does not rest on it.';
COMMENT ON COLUMN app.selections.revision IS 'Grows with every change of the definition.';

CREATE TABLE app.selection_parts (
  selection_id bigint NOT NULL CONSTRAINT selection_parts_selection_id_fkey
    REFERENCES app.selections (selection_id) ON DELETE CASCADE,
  part smallint NOT NULL,
  geom geometry(MultiPolygon, 4326) NOT NULL,
  CONSTRAINT selection_parts_pkey PRIMARY KEY (selection_id, part)
);
COMMENT ON TABLE app.selection_parts IS 'The shapes that a selection was drawn with, resolved to polygons. An account on the border of a shape is in it.';

CREATE TRIGGER selections_updated AFTER UPDATE ON app.selections REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('selections', 'selection_id');
CREATE TRIGGER selections_deleted AFTER DELETE ON app.selections REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('selections', 'selection_id');

CREATE FUNCTION app.selection_condition(selection_id bigint, membership jsonb) RETURNS text
  LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  joined text;
BEGIN
  IF membership ? 'part' THEN
    -- False and not null without a point, so that NOT of it is true. The sub-select is evaluated once.
    RETURN format('(a.geom IS NOT NULL AND ST_Covers((SELECT p.geom FROM app.selection_parts p
      WHERE p.selection_id = %s AND p.part = %s), a.geom))', selection_id, (membership ->> 'part')::smallint);
  ELSIF membership ? 'regions' THEN
    RETURN format('(COALESCE(a.region_id, 0) IN (SELECT m.descendant_id FROM geo.region_members m
      WHERE m.region_id = ANY (%L::bigint[])))',
      ARRAY(SELECT id::bigint FROM jsonb_array_elements_text(membership -> 'regions') id));
  ELSIF membership ? 'accounts' THEN
    RETURN format('(a.account_id = ANY (%L::bigint[]))',
      ARRAY(SELECT id::bigint FROM jsonb_array_elements_text(membership -> 'accounts') id));
  ELSIF membership ? 'not' THEN
    RETURN format('(NOT %s)', app.selection_condition(selection_id, membership -> 'not'));
  END IF;
  SELECT string_agg(app.selection_condition(selection_id, operand),
                    CASE WHEN membership ? 'any' THEN ' OR ' ELSE ' AND ' END) INTO joined
  FROM jsonb_array_elements(COALESCE(membership -> 'any', membership -> 'all')) operand;
  RETURN format('(%s)', joined);
END $$;
COMMENT ON FUNCTION app.selection_condition(bigint, jsonb) IS 'The membership of a selection as a condition over alias a of crm.accounts. Of what is stored only numbers reach the text.';

CREATE FUNCTION app.selection_accounts(selection_id bigint) RETURNS SETOF bigint
  LANGUAGE plpgsql STABLE ROWS 5000 AS $$
DECLARE
  condition text;
BEGIN
  SELECT app.selection_condition(s.selection_id, s.membership) INTO condition
  FROM app.selections s WHERE s.selection_id = selection_accounts.selection_id;
  IF condition IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY EXECUTE 'SELECT a.account_id FROM crm.accounts a WHERE ' || condition;
END $$;
COMMENT ON FUNCTION app.selection_accounts(bigint) IS 'Ids of the accounts that are in a selection now; nothing for one that is not there. Says nothing of who may see them.';

CREATE VIEW app.selection_members AS
SELECT s.selection_id, m.account_id
FROM app.selections s
CROSS JOIN LATERAL app.selection_accounts(s.selection_id) m (account_id);
COMMENT ON VIEW app.selection_members IS 'Selections with the accounts that are in them now. Always ask for one selection_id: each row of app.selections costs a search.';

CREATE FUNCTION geo.whole_road(road_id bigint) RETURNS geometry
  LANGUAGE sql STABLE AS $$
  WITH picked AS (SELECT r.* FROM geo.roads r WHERE r.road_id = whole_road.road_id),
  alike AS (
    SELECT r.road_id, r.geom, ST_ClusterDBSCAN(r.geom, 0.0005, 1) OVER () AS run
    FROM geo.roads r
    JOIN picked ON r.geom && ST_Expand(picked.geom, 0.5)
      AND (r.road_id = picked.road_id OR r.name = picked.name
           OR (picked.name IS NULL AND r.ref = picked.ref))
  )
  SELECT ST_Multi(ST_LineMerge(ST_Collect(geom))) FROM alike
  WHERE run = (SELECT run FROM alike WHERE alike.road_id = whole_road.road_id)
$$;
COMMENT ON FUNCTION geo.whole_road(bigint) IS 'The street or numbered road that a road is a piece of: what goes on from it under its name, or its number where it has none. Null for one that is not there.';
