/** The two themes of the application. */
export type Theme = 'light' | 'dark';

/** Colours that every map layer draws with in one theme, as `#rrggbb`. */
export interface MapPalette {
  readonly land: string;
  readonly ink: string;
  readonly label: string;
  readonly labelQuiet: string;
  readonly regionEdge: string;
  readonly regionParentEdge: string;
  readonly selectedEdge: string;
  readonly hatch: string;
  readonly hatchGround: string;
  readonly water: string;
  readonly waterLabel: string;
  readonly park: string;
  readonly forest: string;
  readonly grass: string;
  readonly farmland: string;
  readonly beach: string;
  readonly residential: string;
  readonly road: string;
  readonly minorRoad: string;
  readonly roadCasing: string;
  readonly path: string;
  readonly buildingEdge: string;
  readonly pointRing: string;
  readonly cellText: string;
  readonly accent: string;
}

/** The base colours by theme; those shared with the interface are the tokens of the design. */
export const palettes: Readonly<Record<Theme, MapPalette>> = {
  light: {
    land: '#f5f3ee',
    ink: '#1c2427',
    label: '#3b464a',
    labelQuiet: '#5b676b',
    regionEdge: '#f5f3ee',
    regionParentEdge: '#8b9598',
    selectedEdge: '#1c2427',
    hatch: '#b9b4a8',
    hatchGround: '#eae7df',
    water: '#cfe0e6',
    waterLabel: '#41697a',
    park: '#dfe9d6',
    forest: '#d3e2c8',
    grass: '#e6edda',
    farmland: '#f0eddd',
    beach: '#f3e9cf',
    residential: '#efece5',
    road: '#ffffff',
    minorRoad: '#fbfaf7',
    roadCasing: '#cfcabf',
    path: '#d5cfc2',
    buildingEdge: '#a9a294',
    pointRing: '#ffffff',
    cellText: '#ffffff',
    accent: '#0f766e',
  },
  dark: {
    land: '#12171a',
    ink: '#e8ecec',
    label: '#d3dadb',
    labelQuiet: '#a3aeb0',
    regionEdge: '#12171a',
    regionParentEdge: '#74807f',
    selectedEdge: '#ffffff',
    hatch: '#3b474c',
    hatchGround: '#1a2125',
    water: '#0d2530',
    waterLabel: '#7fa9ba',
    park: '#182420',
    forest: '#162a20',
    grass: '#1a2720',
    farmland: '#181d1a',
    beach: '#26241c',
    residential: '#161c1f',
    road: '#39444a',
    minorRoad: '#2b3438',
    roadCasing: '#0c1012',
    path: '#2b3438',
    buildingEdge: '#0c1012',
    pointRing: '#12171a',
    cellText: '#12171a',
    accent: '#2dd4bf',
  },
};

/**
 * Five steps from low to high. On the light map high is dark, on the dark map high is light, so
 * that high values always stand out; both keep their order in grey.
 */
export const sequentialRamps: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#e8f3ec', '#bfe0d2', '#86c5b4', '#449f96', '#15716f'],
  dark: ['#123a40', '#155e63', '#1b8583', '#43ad9c', '#8fd6b4'],
};

/** Five steps from low to high for accounts in cells, in the hue of the points. */
export const cellRamps: Readonly<Record<Theme, readonly string[]>> = {
  light: ['#f7b58c', '#ee8a54', '#e8722f', '#c9420c', '#8a2c05'],
  dark: ['#7a3a20', '#a85030', '#d96c40', '#ff8a5c', '#ffc2a3'],
};

/** Ten steps from low to high for how dense accounts are; the lowest let the map through. */
export const heatRamps: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    '#fde0c5',
    '#facba6',
    '#f8b58b',
    '#f59e72',
    '#f2855d',
    '#ef6a4c',
    '#dd4f45',
    '#bb3a45',
    '#932a44',
    '#6b1d3f',
  ],
  dark: [
    '#3b1f33',
    '#5a2640',
    '#7d2f47',
    '#a03b48',
    '#c04d47',
    '#db6648',
    '#ee8452',
    '#f8a566',
    '#fcc785',
    '#fde8b0',
  ],
};

type Categories = Readonly<Record<string, string>>;

/** Housing types in a warm ramp by density (detached to apartments), the others apart from it. */
export const housingColours: Readonly<Record<Theme, Categories>> = {
  light: {
    detached: '#f2d7b6',
    semi_detached: '#e5b68a',
    terrace: '#d2916a',
    apartments: '#a65f3f',
    farm: '#b3ad62',
    houseboat: '#6c9db4',
    other_residential: '#d6c1ac',
    non_residential: '#b7b3ad',
    unknown: '#dbd7ce',
  },
  dark: {
    detached: '#5c4631',
    semi_detached: '#7d5b3c',
    terrace: '#a87a4e',
    apartments: '#d6ab74',
    farm: '#7f7c45',
    houseboat: '#4f7f95',
    other_residential: '#6b5c4e',
    non_residential: '#4b5256',
    unknown: '#31393d',
  },
};

/** Road condition from good to bad; worse stands out more, in grey too. */
export const conditionColours: Readonly<Record<Theme, Categories>> = {
  light: {
    good: '#8fc1d6',
    fair: '#d9a441',
    poor: '#c46a1d',
    bad: '#8c1d2c',
    unknown: '#c9c4b8',
  },
  dark: {
    good: '#3d6b80',
    fair: '#9a7b36',
    poor: '#db8740',
    bad: '#ffb19c',
    unknown: '#394348',
  },
};

/** Road class as lines of the legend; the map draws class by width as well. */
export const roadClassColours: Readonly<Record<Theme, Categories>> = {
  light: {
    motorway: '#f7dfae',
    trunk: '#f9e8c6',
    primary: '#fdf4e0',
    secondary: '#ffffff',
    tertiary: '#ffffff',
    residential: '#fbfaf7',
    service: '#fbfaf7',
    track: '#d5cfc2',
    pedestrian: '#efe9dd',
    cycleway: '#b9cfc0',
    path: '#d5cfc2',
    other: '#e6e1d6',
  },
  dark: {
    motorway: '#8a6a3a',
    trunk: '#73603f',
    primary: '#5b5443',
    secondary: '#465157',
    tertiary: '#39444a',
    residential: '#2f393e',
    service: '#2b3438',
    track: '#272f33',
    pedestrian: '#2b3438',
    cycleway: '#2a4038',
    path: '#272f33',
    other: '#272f33',
  },
};

/** Kinds of business zones. */
export const zoneColours: Readonly<Record<Theme, Categories>> = {
  light: {
    industrial: '#7d6f9c',
    commercial: '#4f7fb8',
    retail: '#c0649a',
    office_park: '#5fa3c7',
    port: '#2f6580',
    railway: '#8a8a8a',
    airport: '#9d8bb5',
    quarry: '#a08b6a',
    military: '#8b7a5c',
    institutional: '#b59a4c',
    other: '#a5a09a',
  },
  dark: {
    industrial: '#a394c9',
    commercial: '#7ba8de',
    retail: '#e08cbc',
    office_park: '#86c5e6',
    port: '#5799b8',
    railway: '#8f969a',
    airport: '#b9a8d3',
    quarry: '#bda682',
    military: '#a6946f',
    institutional: '#d1b767',
    other: '#848d91',
  },
};

/** Categories of places. */
export const placeColours: Readonly<Record<Theme, Categories>> = {
  light: {
    shop: '#b0307a',
    office: '#2f5fa8',
    craft: '#8a5a1e',
    works: '#5d5470',
    amenity: '#28776f',
    tourism: '#7a3fb0',
    leisure: '#4c8a2c',
    healthcare: '#c0392b',
    other: '#6b7478',
  },
  dark: {
    shop: '#f08cc4',
    office: '#8db8ff',
    craft: '#dba968',
    works: '#b5a8d1',
    amenity: '#6fd3c5',
    tourism: '#c79df0',
    leisure: '#9fd67f',
    healthcare: '#ff9a8c',
    other: '#a3aeb0',
  },
};

/**
 * Eleven colours that people with any kind of colour vision tell apart as well as so many can be, on land
 * and on water; the first ones differ most.
 */
export const distinctColours: Readonly<Record<Theme, readonly string[]>> = {
  light: [
    '#332288',
    '#cc5500',
    '#117733',
    '#aa4499',
    '#3388bb',
    '#999933',
    '#882255',
    '#44aa99',
    '#cc6677',
    '#7a5c2e',
    '#5b6bd6',
  ],
  dark: [
    '#88aaff',
    '#ee8866',
    '#66cc77',
    '#ffaabb',
    '#99ddff',
    '#eedd88',
    '#cc88dd',
    '#44bb99',
    '#dd7788',
    '#c9a36b',
    '#bbcc33',
  ],
};

/** Lifecycle of an account; customers carry the colour of the product's points. */
export const lifecycleColours: Readonly<Record<Theme, Categories>> = {
  light: {
    customer: '#d9480f',
    prospect: '#d99a00',
    lead: '#3b6fc4',
    former: '#7d878a',
  },
  dark: {
    customer: '#ff8a5c',
    prospect: '#ffd166',
    lead: '#8db8ff',
    former: '#8b9598',
  },
};

/** Red, green, blue and alpha, each 0 to 255, as deck.gl takes them. */
export type Rgba = [red: number, green: number, blue: number, alpha: number];

/** Turns `#rrggbb` into numbers; `alpha` runs from 0 to 1. */
export function toRgba(hex: string, alpha = 1): Rgba {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255, Math.round(alpha * 255)];
}

/** WCAG relative luminance of `#rrggbb`, 0 (black) to 1 (white). */
export function luminance(hex: string): number {
  const [red, green, blue] = toRgba(hex);
  return 0.2126 * toLinear(red) + 0.7152 * toLinear(green) + 0.0722 * toLinear(blue);
}

/** WCAG contrast ratio of two colours, 1 to 21. */
export function contrast(first: string, second: string): number {
  const a = luminance(first);
  const b = luminance(second);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function toLinear(channel: number): number {
  const share = channel / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
}
