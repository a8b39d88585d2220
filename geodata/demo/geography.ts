import { Random } from './plane/random.js';
import { makeTerrain, type Terrain } from './land/terrain.js';
import { planSettlements, type SettlementPlan } from './land/settlements.js';
import { growNeighbourhoods, type Neighbourhoods } from './land/neighbourhoods.js';
import {
  coverLand,
  drawZones,
  spotZones,
  type BusinessZone,
  type LandCover,
} from './land/land-cover.js';
import { regionRows, type RegionRow } from './land/region-rows.js';
import { planArterials } from './streets/arterials.js';
import { buildStreets } from './streets/build-streets.js';
import { nameStreets, roadGraph, type RoadGraph } from './streets/road-rows.js';
import { placeBuildings, type Building } from './buildings/place-buildings.js';
import { makePlaces, type Place } from './people/places.js';

/** The fictional region, complete: everything that the geographic tables hold. */
export type Geography = {
  readonly terrain: Terrain;
  readonly plan: SettlementPlan;
  readonly neighbourhoods: Neighbourhoods;
  readonly regions: readonly RegionRow[];
  readonly roads: RoadGraph;
  /** Name of each street that buildings refer to. */
  readonly streetNames: readonly (string | null)[];
  readonly buildings: readonly Building[];
  readonly zones: readonly BusinessZone[];
  readonly landCover: readonly LandCover[];
  readonly places: readonly Place[];
};

/**
 * Makes the region; the same seed makes the same region. Takes a few seconds and lets other work of the process
 * in between its steps; `onStep` hears what is being made.
 */
export async function makeGeography(
  seed: number,
  onStep: (label: string) => void = () => undefined,
): Promise<Geography> {
  const step = async (label: string) => {
    onStep(label);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const random = new Random(seed);
  await step('Coast and rivers');
  const terrain = makeTerrain(random);
  await step('Towns and main roads');
  const plan = planSettlements(random, terrain);
  const arterials = planArterials(random.fork('arterials'), terrain, plan);
  await step('Neighbourhoods');
  const neighbourhoods = growNeighbourhoods(terrain, plan, arterials);
  await step('Streets');
  const layout = buildStreets(random.fork('streets'), terrain, plan, arterials, neighbourhoods);
  await step('Houses');
  const spots = spotZones(random.fork('zones'), plan);
  const buildings = placeBuildings(random.fork('buildings'), {
    terrain,
    plan,
    neighbourhoods,
    layout,
    spots,
  });
  const streetNames = nameStreets(random.fork('names'), plan, layout.streets);
  await step('Land and businesses');
  return {
    terrain,
    plan,
    neighbourhoods,
    regions: regionRows(random.fork('regions'), plan, neighbourhoods, buildings),
    roads: roadGraph(random.fork('roads'), plan, layout.streets, streetNames, layout.ground),
    streetNames,
    buildings,
    zones: drawZones(spots, terrain, plan, neighbourhoods, layout),
    landCover: coverLand(terrain, plan, neighbourhoods, layout),
    places: makePlaces(random.fork('places'), plan, buildings),
  };
}
