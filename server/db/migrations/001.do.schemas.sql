CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE SCHEMA IF NOT EXISTS geo;
CREATE SCHEMA IF NOT EXISTS crm;
CREATE SCHEMA IF NOT EXISTS app;

COMMENT ON SCHEMA geo IS 'Geography: regions, roads, buildings, business zones, places, addresses, postcodes. All geometry is EPSG:4326 unless a column says otherwise.';
COMMENT ON SCHEMA crm IS 'Customer relations: accounts, products, sales, payments and what matching found about each account.';
COMMENT ON SCHEMA app IS 'The application itself: users, sessions, tokens, imports, settings and the change log.';

-- unaccent() is only STABLE because its dictionary can change; ours does not, and an index needs IMMUTABLE.
CREATE FUNCTION app.search_text(value text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;
COMMENT ON FUNCTION app.search_text(text) IS 'Lower case without accents: the form in which names are indexed and searched.';
