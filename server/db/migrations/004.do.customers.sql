CREATE TABLE crm.accounts (
  account_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT accounts_pkey PRIMARY KEY,
  external_id text CONSTRAINT accounts_external_id_key UNIQUE,
  kind text NOT NULL DEFAULT 'organisation',
  name text NOT NULL,
  lifecycle text NOT NULL DEFAULT 'customer',
  segment text,
  origin text,
  owner_id text,
  email text,
  phone text,
  website text,
  street text,
  house_number text,
  postcode text,
  city text,
  country text,
  lead_since date,
  customer_since date,
  former_since date,
  attributes jsonb NOT NULL DEFAULT '{}',

  geom geometry(Point, 4326),
  placement text NOT NULL DEFAULT 'not_placed',
  placement_source text,
  placement_licence text,
  placement_locked boolean NOT NULL DEFAULT false,
  locked_fields text[] NOT NULL DEFAULT '{}',

  region_id bigint CONSTRAINT accounts_region_id_fkey REFERENCES geo.regions (region_id) ON DELETE SET NULL,
  postcode_region_id bigint CONSTRAINT accounts_postcode_region_id_fkey REFERENCES geo.regions (region_id) ON DELETE SET NULL,
  building_id bigint CONSTRAINT accounts_building_id_fkey REFERENCES geo.buildings (building_id) ON DELETE SET NULL,
  housing_type text,
  road_id bigint CONSTRAINT accounts_road_id_fkey REFERENCES geo.roads (road_id) ON DELETE SET NULL,
  road_class text,
  road_condition text,
  road_distance_m real,
  zone_id bigint CONSTRAINT accounts_zone_id_fkey REFERENCES geo.business_zones (zone_id) ON DELETE SET NULL,
  zone_kind text,
  zone_distance_m real,
  population_density_km2 real,
  h3_cell bigint,
  matched_at timestamptz,

  import_id bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT accounts_kind_check CHECK (kind IN ('person','organisation')),
  CONSTRAINT accounts_lifecycle_check CHECK (lifecycle IN ('lead','prospect','customer','former')),
  CONSTRAINT accounts_placement_check CHECK (placement IN ('exact','address','street','postcode','place','not_placed')),
  CONSTRAINT accounts_placed_check CHECK ((geom IS NULL) = (placement = 'not_placed'))
);
CREATE INDEX accounts_geom_idx ON crm.accounts USING gist (geom);
CREATE INDEX accounts_owner_id_idx ON crm.accounts (owner_id);
CREATE INDEX accounts_postcode_idx ON crm.accounts (postcode);
CREATE INDEX accounts_region_id_idx ON crm.accounts (region_id);
CREATE INDEX accounts_postcode_region_id_idx ON crm.accounts (postcode_region_id);
CREATE INDEX accounts_building_id_idx ON crm.accounts (building_id);
CREATE INDEX accounts_road_id_idx ON crm.accounts (road_id);
CREATE INDEX accounts_zone_id_idx ON crm.accounts (zone_id);
CREATE INDEX accounts_search_idx ON crm.accounts USING gin (app.search_text(name) gin_trgm_ops);
COMMENT ON TABLE crm.accounts IS 'People and organisations at every stage (lead, prospect, customer, former), where they are, and what matching found around them.';
COMMENT ON COLUMN crm.accounts.placement IS 'Precision of the point: exact (coordinates given), address, street, postcode, place, or not_placed.';
COMMENT ON COLUMN crm.accounts.placement_locked IS 'A person put the point here; imports and placing leave it alone.';
COMMENT ON COLUMN crm.accounts.locked_fields IS 'Columns that a person corrected; imports leave them alone.';
COMMENT ON COLUMN crm.accounts.region_id IS 'The deepest region whose shape holds the point; null where not placed or outside every region.';
COMMENT ON COLUMN crm.accounts.postcode_region_id IS 'The deepest region that the postcode table gives, independent of the point.';
COMMENT ON COLUMN crm.accounts.road_distance_m IS 'Metres to the nearest road of class residential or better, on the spheroid.';
COMMENT ON COLUMN crm.accounts.zone_distance_m IS 'Metres to the nearest business zone, 0 inside one, on the spheroid; null beyond 20 km.';
COMMENT ON COLUMN crm.accounts.population_density_km2 IS 'Inhabitants per km² of the deepest region with a population that holds the point.';
COMMENT ON COLUMN crm.accounts.h3_cell IS 'H3 cell at resolution 10 as a 64-bit number; coarser cells by geo.h3_parent().';

CREATE FUNCTION geo.h3_parent(cell bigint, resolution int) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT (cell & ~(15::bigint << 52)) | (resolution::bigint << 52)
         | ((1::bigint << (3 * (15 - resolution))) - 1)
$$;
COMMENT ON FUNCTION geo.h3_parent(bigint, int) IS 'The H3 cell of a coarser resolution that holds this one: resolution bits replaced and the digits below set to 7 (H3 index layout, h3geo.org).';

CREATE TABLE crm.products (
  product_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT products_pkey PRIMARY KEY,
  external_id text CONSTRAINT products_external_id_key UNIQUE,
  name text NOT NULL,
  category text,
  subcategory text,
  unit_price numeric(14, 2),
  unit_cost numeric(14, 2),
  attributes jsonb NOT NULL DEFAULT '{}',
  import_id bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX products_category_idx ON crm.products (category);
COMMENT ON TABLE crm.products IS 'What is sold, in categories.';

CREATE TABLE crm.sales (
  sale_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT sales_pkey PRIMARY KEY,
  external_id text CONSTRAINT sales_external_id_key UNIQUE,
  account_id bigint NOT NULL CONSTRAINT sales_account_id_fkey REFERENCES crm.accounts (account_id) ON DELETE CASCADE,
  ordered_at timestamptz NOT NULL,
  status text,
  channel text,
  import_id bigint,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX sales_account_id_idx ON crm.sales (account_id);
CREATE INDEX sales_ordered_at_idx ON crm.sales (ordered_at);
COMMENT ON TABLE crm.sales IS 'Orders: who, when, through which channel.';

CREATE TABLE crm.sale_lines (
  sale_id bigint NOT NULL CONSTRAINT sale_lines_sale_id_fkey REFERENCES crm.sales (sale_id) ON DELETE CASCADE,
  line_number integer NOT NULL,
  product_id bigint CONSTRAINT sale_lines_product_id_fkey REFERENCES crm.products (product_id),
  quantity numeric(14, 3) NOT NULL DEFAULT 1,
  revenue numeric(14, 2) NOT NULL,
  cost numeric(14, 2),
  CONSTRAINT sale_lines_pkey PRIMARY KEY (sale_id, line_number)
);
CREATE INDEX sale_lines_product_id_idx ON crm.sale_lines (product_id);
COMMENT ON TABLE crm.sale_lines IS 'Lines of an order. revenue is for the whole line, without freight; cost null where unknown.';

CREATE TABLE crm.payments (
  payment_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT payments_pkey PRIMARY KEY,
  sale_external_id text NOT NULL,
  sequence integer NOT NULL DEFAULT 1,
  sale_id bigint CONSTRAINT payments_sale_id_fkey REFERENCES crm.sales (sale_id) ON DELETE SET NULL,
  payment_type text NOT NULL,
  installments integer,
  value numeric(14, 2) NOT NULL,
  import_id bigint,
  CONSTRAINT payments_sale_external_id_sequence_key UNIQUE (sale_external_id, sequence)
);
CREATE INDEX payments_sale_id_idx ON crm.payments (sale_id);
COMMENT ON TABLE crm.payments IS 'Payments. sale_id is null where the order itself was not loaded: still counted in totals.';

CREATE TRIGGER accounts_inserted AFTER INSERT ON crm.accounts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('accounts', 'account_id');
CREATE TRIGGER accounts_updated AFTER UPDATE ON crm.accounts REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('accounts', 'account_id');
CREATE TRIGGER accounts_deleted AFTER DELETE ON crm.accounts REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('accounts', 'account_id');
CREATE TRIGGER accounts_truncated AFTER TRUNCATE ON crm.accounts
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('accounts', 'account_id');
CREATE TRIGGER places_inserted AFTER INSERT ON geo.places REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('places', 'place_id');
CREATE TRIGGER places_updated AFTER UPDATE ON geo.places REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('places', 'place_id');
CREATE TRIGGER places_deleted AFTER DELETE ON geo.places REFERENCING OLD TABLE AS old_rows
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('places', 'place_id');
CREATE TRIGGER places_truncated AFTER TRUNCATE ON geo.places
  FOR EACH STATEMENT EXECUTE FUNCTION app.log_changes('places', 'place_id');
