ALTER TABLE geo.roads ADD COLUMN condition_source text
  CONSTRAINT roads_condition_source_check CHECK (condition_source IN ('tagged', 'surface', 'tracktype', 'class'));
COMMENT ON COLUMN geo.roads.condition IS 'By smoothness, else surface, else track grade, else class: good, fair, poor, bad; unknown where none tells. The rule is in docs/road-condition.md.';
COMMENT ON COLUMN geo.roads.condition_source IS 'What told the condition: tagged (smoothness), surface, tracktype, or class, which is an assumption. Null where it is unknown, or where nobody said.';

UPDATE geo.roads
SET condition_source = CASE WHEN smoothness IS NOT NULL THEN 'tagged'
                            WHEN surface IS NOT NULL THEN 'surface' ELSE 'tracktype' END
WHERE condition <> 'unknown';

ALTER TABLE geo.roads DROP CONSTRAINT roads_class_check;
ALTER TABLE geo.roads ADD CONSTRAINT roads_class_check CHECK (class IN
  ('motorway','trunk','primary','secondary','tertiary','residential','service','track','pedestrian','cycleway','path','ferry','other'));
COMMENT ON COLUMN geo.roads.class IS 'Road class; OpenStreetMap link roads count as the class they link, unclassified and living_street as residential. Ferries are lines that carry travellers like roads.';
