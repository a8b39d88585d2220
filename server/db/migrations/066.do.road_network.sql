ALTER TABLE geo.road_nodes
  ADD COLUMN barrier text,
  ADD COLUMN blocked_modes smallint NOT NULL DEFAULT 0
    CONSTRAINT road_nodes_blocked_modes_check CHECK (blocked_modes BETWEEN 0 AND 7);
COMMENT ON COLUMN geo.road_nodes.barrier IS 'What stands across the road here: bollard, gate, lift_gate and the like. An edge ends at every barrier that stops somebody.';
COMMENT ON COLUMN geo.road_nodes.blocked_modes IS 'Bits of the modes that cannot pass the node: 1 car, 2 bicycle, 4 foot. A route may begin and end there.';

ALTER TABLE geo.road_edges
  ADD COLUMN car_kmh_forward real,
  ADD COLUMN car_kmh_backward real,
  ADD COLUMN bicycle_kmh_forward real,
  ADD COLUMN bicycle_kmh_backward real,
  ADD COLUMN foot_kmh real,
  ADD COLUMN limited_modes smallint NOT NULL DEFAULT 0
    CONSTRAINT road_edges_limited_modes_check CHECK (limited_modes BETWEEN 0 AND 7),
  ADD COLUMN built_up boolean;
COMMENT ON COLUMN geo.road_edges.car_kmh_forward IS 'Travel speed of a car from from_node_id to to_node_id, stops included; null where it may not go. See docs/road-network.md.';
COMMENT ON COLUMN geo.road_edges.car_kmh_backward IS 'The same from to_node_id to from_node_id.';
COMMENT ON COLUMN geo.road_edges.bicycle_kmh_forward IS 'Travel speed of a bicycle, null where it may not go.';
COMMENT ON COLUMN geo.road_edges.bicycle_kmh_backward IS 'The same from to_node_id to from_node_id.';
COMMENT ON COLUMN geo.road_edges.foot_kmh IS 'Speed on foot in both directions, null where one may not walk.';
COMMENT ON COLUMN geo.road_edges.limited_modes IS 'Bits of the modes that may use the edge only to reach what lies there (destination, customers, private), not to pass through: 1 car, 2 bicycle, 4 foot.';
COMMENT ON COLUMN geo.road_edges.built_up IS 'Whether it lies in a built-up area: said by its tags, or by residential land and the density of streets around it.';

-- Edges of earlier imports: by the limit or the class, until their extract is imported again.
UPDATE geo.road_edges e
SET car_kmh_forward = CASE WHEN r.one_way <> 'backward' THEN c.car END,
    car_kmh_backward = CASE WHEN r.one_way <> 'forward' THEN c.car END,
    bicycle_kmh_forward = CASE WHEN r.one_way <> 'backward' THEN c.bicycle END,
    bicycle_kmh_backward = CASE WHEN r.one_way <> 'forward' THEN c.bicycle END,
    foot_kmh = CASE WHEN r.class NOT IN ('motorway', 'other') THEN 5 END
FROM geo.roads r
CROSS JOIN LATERAL (
  SELECT CASE WHEN r.class IN ('pedestrian', 'cycleway', 'path', 'other') THEN NULL
              ELSE 0.9 * COALESCE(r.max_speed_kmh, CASE r.class WHEN 'motorway' THEN 100 WHEN 'trunk' THEN 80
                WHEN 'track' THEN 15 WHEN 'service' THEN 20 WHEN 'residential' THEN 40 ELSE 50 END) END AS car,
         CASE WHEN r.class NOT IN ('motorway', 'pedestrian', 'other') THEN 16 END AS bicycle) c
WHERE r.road_id = e.road_id;

CREATE VIEW geo.road_network AS
SELECT e.edge_id, e.road_id, e.from_node_id, e.to_node_id, r.class, e.length_m, e.built_up, e.limited_modes,
       e.length_m * 3.6 / e.car_kmh_forward AS car_s_forward,
       e.length_m * 3.6 / e.car_kmh_backward AS car_s_backward,
       e.length_m * 3.6 / e.bicycle_kmh_forward AS bicycle_s_forward,
       e.length_m * 3.6 / e.bicycle_kmh_backward AS bicycle_s_backward,
       e.length_m * 3.6 / e.foot_kmh AS foot_s_forward,
       e.length_m * 3.6 / e.foot_kmh AS foot_s_backward,
       f.blocked_modes AS from_blocked_modes, t.blocked_modes AS to_blocked_modes
FROM geo.road_edges e
JOIN geo.roads r ON r.road_id = e.road_id
JOIN geo.road_nodes f ON f.node_id = e.from_node_id
JOIN geo.road_nodes t ON t.node_id = e.to_node_id;
COMMENT ON VIEW geo.road_network IS 'The road graph ready for travel times: each edge between two junctions, with the seconds that each mode needs in each direction, null where it may not go. Turn restrictions are in geo.turn_restrictions; loadRoadGraph() reads both.';
