-- What people changed of accounts: one by one, many at once, and two into one; enough to undo it.

CREATE TABLE app.bulk_edits (
  bulk_edit_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT bulk_edits_pkey PRIMARY KEY,
  user_id text NOT NULL,
  user_name text NOT NULL,
  changes jsonb NOT NULL,
  status text NOT NULL DEFAULT 'running',
  total integer NOT NULL,
  done integer NOT NULL DEFAULT 0,
  changed integer NOT NULL DEFAULT 0,
  skipped integer NOT NULL DEFAULT 0,
  error text,
  undo_of bigint CONSTRAINT bulk_edits_undo_of_fkey REFERENCES app.bulk_edits (bulk_edit_id),
  created_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CONSTRAINT bulk_edits_status_check CHECK (status IN ('running','succeeded','failed','cancelled'))
);
CREATE INDEX bulk_edits_user_id_idx ON app.bulk_edits (user_id, bulk_edit_id);
CREATE UNIQUE INDEX bulk_edits_undo_of_key ON app.bulk_edits (undo_of);
COMMENT ON TABLE app.bulk_edits IS 'One row for every change of many accounts at once: what, by whom, how far it is. What it did to each account is in app.account_changes.';
COMMENT ON COLUMN app.bulk_edits.skipped IS 'Accounts that had the value already, were gone by then, or were not the user''s to change.';
COMMENT ON COLUMN app.bulk_edits.undo_of IS 'The change that this one takes back.';

CREATE TABLE app.account_changes (
  account_change_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT account_changes_pkey PRIMARY KEY,
  account_id bigint NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now(),
  user_id text,
  user_name text NOT NULL,
  kind text NOT NULL,
  bulk_edit_id bigint CONSTRAINT account_changes_bulk_edit_id_fkey REFERENCES app.bulk_edits (bulk_edit_id) ON DELETE CASCADE,
  before jsonb NOT NULL,
  after jsonb NOT NULL,
  CONSTRAINT account_changes_kind_check CHECK (kind IN ('edit','bulk','undo','merge','unmerge'))
);
CREATE INDEX account_changes_account_id_idx ON app.account_changes (account_id, account_change_id);
CREATE INDEX account_changes_bulk_edit_id_idx ON app.account_changes (bulk_edit_id, account_id) WHERE bulk_edit_id IS NOT NULL;
COMMENT ON TABLE app.account_changes IS 'The audit trail of accounts: who changed what, with the columns concerned before and after. Without a foreign key to the account, so that it outlives it.';

CREATE TABLE app.account_merges (
  account_merge_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT account_merges_pkey PRIMARY KEY,
  survivor_id bigint NOT NULL,
  merged_id bigint NOT NULL,
  external_id text,
  merged_row jsonb NOT NULL,
  survivor_before jsonb NOT NULL,
  survivor_after jsonb NOT NULL,
  sale_ids bigint[] NOT NULL,
  user_id text,
  user_name text NOT NULL,
  merged_at timestamptz NOT NULL DEFAULT now(),
  undone_at timestamptz
);
CREATE INDEX account_merges_survivor_id_idx ON app.account_merges (survivor_id);
CREATE INDEX account_merges_external_id_idx ON app.account_merges (external_id) WHERE undone_at IS NULL;
COMMENT ON TABLE app.account_merges IS 'Accounts that were merged into another and are gone from crm.accounts: the whole row, the survivor''s before and after, and the sales that went over, so that it can be undone exactly.';

CREATE FUNCTION app.phone_key(phone text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT CASE WHEN length(digits) >= 7 THEN right(digits, 9) END
  FROM (SELECT regexp_replace(phone, '[^0-9]', '', 'g') AS digits) d
$$;
COMMENT ON FUNCTION app.phone_key(text) IS 'The last nine digits of a telephone number, by which the same number is recognised with and without country code; null below seven digits.';
CREATE INDEX accounts_email_idx ON crm.accounts (lower(email)) WHERE email IS NOT NULL;
CREATE INDEX accounts_phone_idx ON crm.accounts (app.phone_key(phone)) WHERE phone IS NOT NULL;
