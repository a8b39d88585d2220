ALTER TABLE crm.accounts
  DROP CONSTRAINT accounts_placement_check,
  ADD CONSTRAINT accounts_placement_check CHECK (placement IN ('exact','address','interpolated','street','postcode','place','not_placed')),
  ADD COLUMN placement_confidence real,
  ADD COLUMN placement_status text,
  ADD COLUMN placement_label text,
  ADD CONSTRAINT accounts_placement_confidence_check CHECK (placement_confidence BETWEEN 0 AND 1),
  ADD CONSTRAINT accounts_placement_status_check CHECK (placement_status IN ('certain','doubtful','ambiguous','none','confirmed'));
COMMENT ON COLUMN crm.accounts.placement IS 'Precision of the point: exact (coordinates given), address (the house), interpolated (between known house numbers of the street), street, postcode, place, or not_placed.';
COMMENT ON COLUMN crm.accounts.placement_confidence IS 'How sure the geocoder is that the point is that of the address, 0 to 1; 0.8 and above is certain. Null where it was not asked.';
COMMENT ON COLUMN crm.accounts.placement_status IS 'certain, doubtful (a part of the address was not found or is spelled differently), ambiguous (several places answer to it), none (looked up and not found), confirmed (a person agreed). Null where the point came with the data, or where the address was not looked up yet.';
COMMENT ON COLUMN crm.accounts.placement_label IS 'What the geocoder took the address for, as text. Null where the geocoder did not place the account.';

-- What placing has still to look up; points that came with the data are never looked up.
CREATE INDEX accounts_to_place_idx ON crm.accounts (account_id)
  WHERE placement_status IS NULL AND NOT placement_locked
    AND (placement_label IS NOT NULL OR placement IN ('not_placed','postcode'));
CREATE INDEX accounts_to_review_idx ON crm.accounts (account_id)
  WHERE placement_status IN ('doubtful','ambiguous','none');

CREATE FUNCTION crm.mark_account_to_place() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  NEW.placement_status := NULL;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION crm.mark_account_to_place() IS 'Row trigger: an account whose address changed is looked up again, unless a person put its point.';
CREATE TRIGGER accounts_readdressed BEFORE UPDATE OF street, house_number, postcode, city, country ON crm.accounts
  FOR EACH ROW WHEN (NOT NEW.placement_locked
    AND (OLD.street, OLD.house_number, OLD.postcode, OLD.city, OLD.country)
      IS DISTINCT FROM (NEW.street, NEW.house_number, NEW.postcode, NEW.city, NEW.country))
  EXECUTE FUNCTION crm.mark_account_to_place();

CREATE TABLE crm.placement_candidates (
  account_id bigint NOT NULL CONSTRAINT placement_candidates_account_id_fkey REFERENCES crm.accounts (account_id) ON DELETE CASCADE,
  rank smallint NOT NULL,
  label text NOT NULL,
  precision text NOT NULL,
  confidence real NOT NULL,
  geom geometry(Point, 4326) NOT NULL,
  source text,
  licence text,
  CONSTRAINT placement_candidates_pkey PRIMARY KEY (account_id, rank),
  CONSTRAINT placement_candidates_rank_check CHECK (rank >= 1),
  CONSTRAINT placement_candidates_precision_check CHECK (precision IN ('roof','parcel','interpolated','street','postcode','place')),
  CONSTRAINT placement_candidates_confidence_check CHECK (confidence BETWEEN 0 AND 1)
);
COMMENT ON TABLE crm.placement_candidates IS 'What the address of a doubtful or ambiguous account could mean, best first (rank 1 is the point it stands at now). Written by placing; empty for accounts that are certain.';
