CREATE TABLE geo.turn_restrictions (
  restriction_id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT turn_restrictions_pkey PRIMARY KEY,
  source_key text NOT NULL,
  part integer NOT NULL DEFAULT 0,
  restriction text NOT NULL,
  is_only boolean NOT NULL,
  modes smallint NOT NULL,
  from_road_id bigint NOT NULL CONSTRAINT turn_restrictions_from_road_id_fkey REFERENCES geo.roads (road_id) ON DELETE CASCADE,
  via_node_ids bigint[] NOT NULL,
  to_road_id bigint NOT NULL CONSTRAINT turn_restrictions_to_road_id_fkey REFERENCES geo.roads (road_id) ON DELETE CASCADE,
  extract_ids integer[] NOT NULL DEFAULT '{}',
  source text,
  licence text,
  import_id bigint,
  CONSTRAINT turn_restrictions_source_key_part_key UNIQUE (source_key, part),
  CONSTRAINT turn_restrictions_modes_check CHECK (modes BETWEEN 1 AND 7),
  CONSTRAINT turn_restrictions_via_node_ids_check CHECK (cardinality(via_node_ids) > 0)
);
CREATE INDEX turn_restrictions_from_road_id_idx ON geo.turn_restrictions (from_road_id);
CREATE INDEX turn_restrictions_to_road_id_idx ON geo.turn_restrictions (to_road_id);
COMMENT ON TABLE geo.turn_restrictions IS 'Turns that are forbidden (no_left_turn and the like), or the only ones allowed (only_straight_on and the like). Named by road and node, so that they hold however roads are split into edges.';
COMMENT ON COLUMN geo.turn_restrictions.source_key IS 'Stable key in the source, for example relation/123.';
COMMENT ON COLUMN geo.turn_restrictions.part IS 'Number within the source: some forbid entering from, or leaving to, several roads.';
COMMENT ON COLUMN geo.turn_restrictions.restriction IS 'As the source has it, for example no_left_turn.';
COMMENT ON COLUMN geo.turn_restrictions.is_only IS 'Whether the turn is the only one allowed; otherwise it is forbidden.';
COMMENT ON COLUMN geo.turn_restrictions.modes IS 'Bits of the modes it applies to: 1 car, 2 bicycle, 4 foot.';
COMMENT ON COLUMN geo.turn_restrictions.via_node_ids IS 'The node of the turn; or, where it leads over a road in between, all nodes of that road from the first turn to the second.';
