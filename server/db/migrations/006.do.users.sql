CREATE TABLE app.users (
  id text CONSTRAINT users_pkey PRIMARY KEY,
  name text NOT NULL,
  email text NOT NULL,
  email_verified boolean NOT NULL DEFAULT false,
  image text,
  role text NOT NULL DEFAULT 'prospector',
  is_demo boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT users_role_check CHECK (role IN ('administrator','planner','manager','prospector')),
  CONSTRAINT users_name_check CHECK (btrim(name) <> ''),
  CONSTRAINT users_email_check CHECK (email = lower(email))
);
CREATE UNIQUE INDEX users_email_key ON app.users (email);
CREATE INDEX users_role_idx ON app.users (role);
COMMENT ON TABLE app.users IS 'People who may sign in. The key is called id because the sign-in library asks for it.';
COMMENT ON COLUMN app.users.email IS 'Lower case; what people sign in with.';
COMMENT ON COLUMN app.users.role IS 'What the user may do and see; turned into visibility by the row policy.';
COMMENT ON COLUMN app.users.is_demo IS 'Made by a one-click sign-in of the demo; refused wherever the project is no demo.';

CREATE TABLE app.sessions (
  id text CONSTRAINT sessions_pkey PRIMARY KEY,
  user_id text NOT NULL CONSTRAINT sessions_user_id_fkey REFERENCES app.users (id) ON DELETE CASCADE,
  token text NOT NULL CONSTRAINT sessions_token_key UNIQUE,
  expires_at timestamptz NOT NULL,
  ip_address text,
  user_agent text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sessions_user_id_idx ON app.sessions (user_id);
CREATE INDEX sessions_expires_at_idx ON app.sessions (expires_at);
COMMENT ON TABLE app.sessions IS 'Browser sessions; the cookie holds the token with a signature.';

CREATE TABLE app.credentials (
  id text CONSTRAINT credentials_pkey PRIMARY KEY,
  user_id text NOT NULL CONSTRAINT credentials_user_id_fkey REFERENCES app.users (id) ON DELETE CASCADE,
  provider_id text NOT NULL,
  account_id text NOT NULL,
  password text,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT credentials_provider_id_account_id_key UNIQUE (provider_id, account_id)
);
CREATE INDEX credentials_user_id_idx ON app.credentials (user_id);
COMMENT ON TABLE app.credentials IS 'How a user proves who they are: one row a way of signing in.';
COMMENT ON COLUMN app.credentials.provider_id IS 'credential for e-mail and password, else the name of the identity provider.';
COMMENT ON COLUMN app.credentials.password IS 'Hash (scrypt with salt), never the password.';

CREATE TABLE app.verifications (
  id text CONSTRAINT verifications_pkey PRIMARY KEY,
  identifier text NOT NULL,
  value text NOT NULL,
  expires_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX verifications_identifier_idx ON app.verifications (identifier);
COMMENT ON TABLE app.verifications IS 'Short-lived secrets of the sign-in library, for example of a password reset.';

CREATE TABLE app.api_tokens (
  token_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT api_tokens_pkey PRIMARY KEY,
  name text NOT NULL,
  role text NOT NULL,
  user_id text CONSTRAINT api_tokens_user_id_fkey REFERENCES app.users (id) ON DELETE CASCADE,
  token_hash text NOT NULL CONSTRAINT api_tokens_token_hash_key UNIQUE,
  token_end text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz,
  revoked_at timestamptz,
  CONSTRAINT api_tokens_role_check CHECK (role IN ('administrator','planner','manager','prospector')),
  CONSTRAINT api_tokens_name_check CHECK (btrim(name) <> '')
);
CREATE INDEX api_tokens_user_id_idx ON app.api_tokens (user_id);
COMMENT ON TABLE app.api_tokens IS 'Tokens for scripts and other programs. One without a user acts as a service of its role.';
COMMENT ON COLUMN app.api_tokens.role IS 'Most the token may do; a user who has since lost the role takes the token down with them.';
COMMENT ON COLUMN app.api_tokens.token_hash IS 'SHA-256 of the token, hexadecimal; the token itself is shown once and not kept.';
COMMENT ON COLUMN app.api_tokens.token_end IS 'Last four characters, so that people can tell their tokens apart.';
COMMENT ON COLUMN app.api_tokens.last_used_at IS 'Exact to the hour: written at most once an hour.';

CREATE TABLE app.user_regions (
  user_id text NOT NULL CONSTRAINT user_regions_user_id_fkey REFERENCES app.users (id) ON DELETE CASCADE,
  region_id bigint NOT NULL,
  CONSTRAINT user_regions_pkey PRIMARY KEY (user_id, region_id)
);
CREATE INDEX user_regions_region_id_idx ON app.user_regions (region_id);
COMMENT ON TABLE app.user_regions IS 'Regions that a manager or prospector works in; none means everywhere.';
COMMENT ON COLUMN app.user_regions.region_id IS 'geo.regions.region_id without a foreign key, on purpose: were the row to vanish with its region, the user would see everything; so they see nothing of it until somebody assigns another.';
