-- DELETE in place of TRUNCATE: the index may be emptied by the same statement, which a nested TRUNCATE does not allow.
CREATE OR REPLACE FUNCTION geo.leave_search() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    IF TG_TABLE_NAME = 'addresses' THEN
      DELETE FROM geo.address_entries;
    ELSE
      DELETE FROM geo.road_entries;
    END IF;
    UPDATE geo.search_entries SET is_stale = true WHERE kind IN ('street','postcode') AND NOT is_stale;
    DELETE FROM geo.search_queue WHERE layer = TG_TABLE_NAME;
  ELSIF TG_TABLE_NAME = 'addresses' THEN
    WITH gone AS (
      DELETE FROM geo.address_entries e USING old_rows o WHERE e.address_id = o.address_id
      RETURNING e.entry_id, e.postcode_key
    )
    UPDATE geo.search_entries e SET is_stale = true
    WHERE e.entry_id IN (SELECT entry_id FROM gone)
       OR e.kind = 'postcode' AND e.identity IN (SELECT postcode_key FROM gone);
  ELSE
    WITH gone AS (
      DELETE FROM geo.road_entries e USING old_rows o WHERE e.road_id = o.road_id RETURNING e.entry_id
    )
    UPDATE geo.search_entries e SET is_stale = true WHERE e.entry_id IN (SELECT entry_id FROM gone);
  END IF;
  RETURN NULL;
END $$;
