ALTER TABLE app.imports ADD is_check boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN app.imports.is_check IS 'Whether the file was only checked: read and compared as in an import, with nothing written.';

CREATE TABLE app.import_jobs (
  import_job_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT import_jobs_pkey PRIMARY KEY,
  kind text NOT NULL,
  status text NOT NULL DEFAULT 'queued',
  importer text NOT NULL,
  file_name text NOT NULL,
  upload_id uuid NOT NULL,
  request jsonb NOT NULL,
  user_id text,
  import_id bigint CONSTRAINT import_jobs_import_id_fkey REFERENCES app.imports (import_id) ON DELETE SET NULL,
  process jsonb,
  progress jsonb,
  cancel_asked boolean NOT NULL DEFAULT false,
  result jsonb,
  error text,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  heartbeat_at timestamptz,
  finished_at timestamptz,
  CONSTRAINT import_jobs_kind_check CHECK (kind IN ('check', 'load')),
  CONSTRAINT import_jobs_status_check CHECK (status IN ('queued', 'running', 'succeeded', 'failed', 'cancelled'))
);
-- One at a time, whichever server asks: a second one that would run breaks this.
CREATE UNIQUE INDEX import_jobs_one_running_idx ON app.import_jobs ((true)) WHERE status = 'running';
CREATE INDEX import_jobs_queued_idx ON app.import_jobs (import_job_id) WHERE status = 'queued';
COMMENT ON TABLE app.import_jobs IS 'Checks and loads of uploaded files: waiting, running and done. The report of each is in app.imports.';
COMMENT ON COLUMN app.import_jobs.request IS 'Options of the importer, publisher and licence, as they were asked for.';
COMMENT ON COLUMN app.import_jobs.process IS 'Host and process of the server that runs it, so that one whose server ended can be told.';

CREATE TABLE app.import_recipes (
  import_recipe_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT import_recipes_pkey PRIMARY KEY,
  name text NOT NULL,
  importer text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  source text,
  licence text,
  file_name text NOT NULL,
  columns text[] NOT NULL,
  user_id text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT import_recipes_name_key UNIQUE (name)
);
COMMENT ON TABLE app.import_recipes IS 'How files of the same columns are loaded: kind of import, column for each field, and options. Offered when such a file comes again.';
COMMENT ON COLUMN app.import_recipes.columns IS 'Columns of the file, in the order of their names.';
