CREATE FUNCTION geo.postcode_key(postcode text) RETURNS bigint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT ('x00' || rpad(left(encode(convert_to(postcode, 'UTF8'), 'hex'), 14), 14, '0'))::bit(64)::bigint
$$;
COMMENT ON FUNCTION geo.postcode_key(text) IS 'The first seven bytes of a postcode as a number that sorts as the postcode does byte by byte: what makes ranges of postcodes searchable by index. Compare the texts as well.';

CREATE INDEX postcode_ranges_keys_idx ON geo.postcode_ranges
  USING gist (int8range(geo.postcode_key(first_postcode), geo.postcode_key(last_postcode), '[]'));
