ALTER TABLE app.bulk_edits ADD COLUMN alive_at timestamptz NOT NULL DEFAULT now();
COMMENT ON COLUMN app.bulk_edits.alive_at IS 'When the server that does it last wrote to it; long ago while it is running means that the server ended.';
