import { msg } from '@lit/localize';
import type { CellShape } from './account-marks.js';
import { classIndex } from './classify.js';
import { classKey } from './choropleth.js';
import type { Choropleth, LayerId, RoadColour } from './contract.js';
import {
  cellRamps,
  conditionColours,
  housingColours,
  lifecycleColours,
  palettes,
  placeColours,
  roadClassColours,
  zoneColours,
  type Theme,
} from './palette.js';
import { classColours } from './ramps.js';

/** How a swatch is drawn: an area, a class of areas, a line, a dot, or the hatching of missing data. */
export type SwatchShape = 'fill' | 'class' | 'line' | 'dot' | 'hatch';

/** One line of a legend. `key` is the value in the data. */
export interface LegendItem {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly shape: SwatchShape;
}

/** One class of a choropleth; `from` is included, `to` is not, null where the class is open. */
export interface LegendClass {
  /** What the class is called among those that can be hidden. */
  readonly key: string;
  readonly colour: string;
  readonly from: number | null;
  readonly to: number | null;
  /** Regions in the class, exact. */
  readonly count: number;
}

/** Classes from low to high and the number of regions without a value. */
export interface ChoroplethLegend {
  readonly classes: readonly LegendClass[];
  readonly missing: number;
  /** Colour of the stripes that stand for missing data. */
  readonly missingColour: string;
}

/** The legend of a choropleth, with exact counts. */
export function choroplethLegend(
  choropleth: Pick<Choropleth, 'values' | 'breaks' | 'ramp' | 'middle'>,
  theme: Theme,
): ChoroplethLegend {
  const { values, breaks } = choropleth;
  const colours = classColours(choropleth, theme);
  const counts = new Array<number>(colours.length).fill(0);
  let missing = 0;
  for (const value of values.values()) {
    if (value === null || !Number.isFinite(value)) {
      missing += 1;
      continue;
    }
    const index = classIndex(value, breaks);
    counts[index] = (counts[index] ?? 0) + 1;
  }
  const classes = colours.map((colour, index) => ({
    key: classKey(index),
    colour,
    from: breaks[index - 1] ?? null,
    to: breaks[index] ?? null,
    count: counts[index] ?? 0,
  }));
  return { classes, missing, missingColour: palettes[theme].hatch };
}

/** The categories that a layer shows, in the order of the legend; empty for layers without any. */
export function legendFor(
  layer: LayerId,
  theme: Theme,
  roadColour: RoadColour = 'class',
): readonly LegendItem[] {
  switch (layer) {
    case 'accounts':
      return items(lifecycleColours[theme], lifecycleLabels(), 'dot');
    case 'buildings':
      return items(housingColours[theme], housingLabels(), 'fill');
    case 'business_zones':
      return items(zoneColours[theme], zoneLabels(), 'fill');
    case 'places':
      return items(placeColours[theme], placeLabels(), 'dot');
    case 'roads':
      return roadColour === 'condition'
        ? items(conditionColours[theme], conditionLabels(), 'line')
        : items(roadClassColours[theme], roadClassLabels(), 'line');
    case 'land_cover':
      return items(groundColours(theme), groundLabels(), 'fill');
    case 'regions':
      return [];
  }
}

/** The attribute whose values are the keys of a layer's legend. */
export function legendAttribute(layer: LayerId, roadColour: RoadColour = 'class'): string {
  if (layer === 'roads') return roadColour;
  if (layer === 'buildings') return 'housing_type';
  return layer === 'places' ? 'category' : 'kind';
}

/** How cells of accounts are to be read: what their size and their shade stand for. */
export interface CellLegend {
  /** From low to high; one colour where the shade says nothing. */
  readonly colours: readonly string[];
  readonly size: string | null;
  readonly shade: string | null;
}

/** The legend of accounts in cells: circles over coloured regions, else hexagons. */
export function cellLegend(
  shape: CellShape,
  measure: 'count' | 'revenue',
  theme: Theme,
): CellLegend {
  const ramp = cellRamps[theme];
  if (shape === 'hexagons') {
    return {
      colours: ramp,
      size: null,
      shade: measure === 'count' ? msg('Accounts') : msg('Revenue'),
    };
  }
  if (measure === 'revenue') return { colours: ramp, size: msg('Accounts'), shade: msg('Revenue') };
  return { colours: ramp.slice(3, 4), size: msg('Accounts'), shade: null };
}

/** The word for a category as people read it, the key itself where there is none. */
export function categoryLabel(layer: LayerId, key: string): string {
  return legendFor(layer, 'light').find((item) => item.key === key)?.label ?? key;
}

function items(
  colours: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  shape: SwatchShape,
): LegendItem[] {
  return Object.entries(labels).flatMap(([key, label]) => {
    const colour = colours[key];
    return colour ? [{ key, label, colour, shape }] : [];
  });
}

function groundColours(theme: Theme): Record<string, string> {
  const { water, park, forest, grass, farmland, beach, residential } = palettes[theme];
  return { water, park, forest, grass, farmland, beach, residential };
}

function lifecycleLabels(): Record<string, string> {
  return {
    customer: msg('Customer'),
    prospect: msg('Prospect'),
    lead: msg('Lead'),
    former: msg('Former customer'),
  };
}

function housingLabels(): Record<string, string> {
  return {
    detached: msg('Detached'),
    semi_detached: msg('Semi-detached'),
    terrace: msg('Terraced'),
    apartments: msg('Apartments'),
    farm: msg('Farm'),
    houseboat: msg('Houseboat'),
    other_residential: msg('Other residential'),
    non_residential: msg('Not residential'),
    unknown: msg('Unknown'),
  };
}

function zoneLabels(): Record<string, string> {
  return {
    industrial: msg('Industrial'),
    commercial: msg('Commercial'),
    retail: msg('Retail'),
    office_park: msg('Office park'),
    port: msg('Port'),
    railway: msg('Railway'),
    airport: msg('Airport'),
    quarry: msg('Quarry'),
    military: msg('Military'),
    institutional: msg('Institutional'),
    other: msg('Other'),
  };
}

function placeLabels(): Record<string, string> {
  return {
    shop: msg('Shop'),
    office: msg('Office'),
    craft: msg('Craft'),
    works: msg('Works'),
    amenity: msg('Amenity'),
    tourism: msg('Tourism'),
    leisure: msg('Leisure'),
    healthcare: msg('Healthcare'),
    other: msg('Other'),
  };
}

function conditionLabels(): Record<string, string> {
  return {
    good: msg('Good'),
    fair: msg('Fair'),
    poor: msg('Poor'),
    bad: msg('Bad'),
    unknown: msg('Unknown'),
  };
}

function roadClassLabels(): Record<string, string> {
  return {
    motorway: msg('Motorway'),
    trunk: msg('Trunk road'),
    primary: msg('Primary road'),
    secondary: msg('Secondary road'),
    tertiary: msg('Tertiary road'),
    residential: msg('Residential street'),
    service: msg('Service road'),
    track: msg('Track'),
    pedestrian: msg('Pedestrian street'),
    cycleway: msg('Cycleway'),
    path: msg('Path'),
    other: msg('Other'),
  };
}

function groundLabels(): Record<string, string> {
  return {
    water: msg('Water'),
    park: msg('Park'),
    forest: msg('Forest'),
    grass: msg('Grass'),
    farmland: msg('Farmland'),
    beach: msg('Beach'),
    residential: msg('Built-up'),
  };
}
