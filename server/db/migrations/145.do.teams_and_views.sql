ALTER TABLE app.users ADD COLUMN team text CONSTRAINT users_team_check CHECK (btrim(team) <> '');
CREATE INDEX users_team_idx ON app.users (team);
COMMENT ON COLUMN app.users.team IS 'Name of the team; what somebody shares with their team is shared with those of the same name. Null: in no team.';

CREATE TABLE app.saved_views (
  view_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT saved_views_pkey PRIMARY KEY,
  owner_id text NOT NULL CONSTRAINT saved_views_owner_id_fkey REFERENCES app.users (id) ON DELETE CASCADE,
  name text NOT NULL,
  sharing text NOT NULL DEFAULT 'me',
  address text NOT NULL,
  thumbnail bytea,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT saved_views_name_check CHECK (btrim(name) <> ''),
  CONSTRAINT saved_views_sharing_check CHECK (sharing IN ('me','team','everyone')),
  CONSTRAINT saved_views_address_check CHECK (address LIKE '/%' AND address NOT LIKE '//%'),
  CONSTRAINT saved_views_thumbnail_check CHECK (octet_length(thumbnail) <= 65536)
);
CREATE INDEX saved_views_owner_id_idx ON app.saved_views (owner_id);
CREATE INDEX saved_views_sharing_idx ON app.saved_views (sharing) WHERE sharing <> 'me';
COMMENT ON TABLE app.saved_views IS 'Named addresses of the application. Who opens one sees it with their own rights.';
COMMENT ON COLUMN app.saved_views.address IS 'Path and query within the application, for example /explore?region=5.';
COMMENT ON COLUMN app.saved_views.thumbnail IS 'Small picture of the map, WebP or JPEG, drawn by the browser of who saved it.';
