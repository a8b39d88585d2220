-- Changed sales are noted as runs of neighbouring ids, however many there are. The range from the first to the last
-- of many took in all that lies between: one month's orders of two years' imports made every sum be built anew.

CREATE FUNCTION app.mark_sales(sale_ids bigint[]) RETURNS void
  LANGUAGE sql AS $$
  INSERT INTO app.sale_changes (sale_from, sale_to)
  SELECT min(id), max(id)
  FROM (SELECT id, id - row_number() OVER (ORDER BY id) AS run
        FROM (SELECT DISTINCT unnest(sale_ids) AS id) ids) numbered
  GROUP BY run
$$;
COMMENT ON FUNCTION app.mark_sales(bigint[]) IS 'Notes sales whose sums changed, a row for each run of neighbouring ids. Sales that are gone are noted by their own trigger.';

CREATE OR REPLACE FUNCTION app.mark_changed_sale_lines() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.sale_changes DEFAULT VALUES;
  ELSIF TG_OP = 'INSERT' THEN
    PERFORM app.mark_sales(ARRAY(SELECT DISTINCT sale_id FROM new_rows));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM app.mark_sales(ARRAY(SELECT DISTINCT sale_id FROM old_rows));
  ELSE
    PERFORM app.mark_sales(ARRAY(
      SELECT sale_id FROM (TABLE old_rows EXCEPT TABLE new_rows) before
      UNION
      SELECT sale_id FROM (TABLE new_rows EXCEPT TABLE old_rows) after));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION app.mark_changed_sales() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'TRUNCATE' THEN
    INSERT INTO app.sale_changes DEFAULT VALUES;
    RETURN NULL;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO app.sale_changes (account_id, month)
    SELECT DISTINCT account_id, date_trunc('month', ordered_at, 'UTC') FROM old_rows;
    RETURN NULL;
  END IF;
  INSERT INTO app.sale_changes (account_id, month)
  SELECT DISTINCT account_id, date_trunc('month', ordered_at, 'UTC')
  FROM (SELECT sale_id, account_id, ordered_at FROM old_rows
        EXCEPT SELECT sale_id, account_id, ordered_at FROM new_rows) moved;
  IF FOUND THEN
    PERFORM app.mark_sales(ARRAY(
      SELECT sale_id FROM (SELECT sale_id, account_id, ordered_at FROM new_rows
                           EXCEPT SELECT sale_id, account_id, ordered_at FROM old_rows) moved));
  END IF;
  RETURN NULL;
END $$;

DROP FUNCTION app.mark_sale_lines(bigint[], bigint, bigint);
DROP FUNCTION app.few_months(app.account_month[]);
DROP TYPE app.account_month;
