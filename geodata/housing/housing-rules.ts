import type { BuildingFeatures } from './building-features.js';

/** What a rule says; the form of a house (detached, semi-detached, terrace) follows from its walls. */
export type Finding = 'house' | 'apartments' | 'residential' | 'non_residential';

export type HousingRule = {
  /** Stable name: stored with each derived building and used in the table of confidences. */
  readonly name: string;
  readonly finding: Finding;
  readonly holds: (building: BuildingFeatures) => boolean;
};

/** Median-like size of the buildings around, m². */
const sizeAround = ({ aroundLogArea }: BuildingFeatures) => Math.exp(aroundLogArea);

const isBusiness = ({ shops, offices }: BuildingFeatures) => shops + offices > 0;

const isInRow = ({ rowNeighbours }: BuildingFeatures) => rowNeighbours > 0;

/** A town of houses: neither canal-side blocks (many close by) nor towers (large ones around). */
const isLoose = (building: BuildingFeatures) => building.around <= 20 && sizeAround(building) < 250;

/**
 * The rules, in order; the first that holds decides. Facts that somebody wrote down come first (register,
 * business land use, addresses, places), then size and shape against the surroundings. Land use comes before
 * addresses: a hall with a dozen firms has a dozen addresses.
 */
export const housingRules: readonly HousingRule[] = [
  {
    name: 'register_no_dwelling',
    finding: 'non_residential',
    holds: ({ registerUnits, registerDwellings }) => !!registerUnits && registerDwellings === 0,
  },
  {
    name: 'register_one_dwelling',
    finding: 'house',
    holds: ({ registerUnits, registerDwellings }) =>
      registerUnits !== null && registerDwellings === 1 && registerUnits <= 2,
  },
  {
    name: 'register_dwellings',
    finding: 'apartments',
    holds: ({ registerDwellings }) => registerDwellings !== null && registerDwellings >= 1,
  },
  {
    name: 'business_zone',
    finding: 'non_residential',
    holds: ({ zoneKind, isInResidentialArea }) => zoneKind !== null && !isInResidentialArea,
  },
  {
    name: 'several_addresses',
    finding: 'apartments',
    holds: ({ addresses, shops, offices, otherPlaces }) =>
      addresses >= 2 && shops + offices + otherPlaces < addresses / 2,
  },
  {
    name: 'institution',
    finding: 'non_residential',
    holds: ({ otherPlaces }) => otherPlaces > 0,
  },
  {
    name: 'free_standing_business',
    finding: 'non_residential',
    holds: (building) => isBusiness(building) && !isInRow(building),
  },
  {
    name: 'many_storeys',
    finding: 'apartments',
    holds: ({ levels, area }) => levels !== null && levels >= 5 && area >= 100,
  },
  {
    name: 'one_address',
    finding: 'house',
    holds: (building) =>
      building.addresses === 1 &&
      building.addressCover >= 0.4 &&
      building.area < 350 &&
      !isBusiness(building),
  },
  {
    name: 'tiny',
    finding: 'non_residential',
    holds: ({ area, addresses }) => area < 30 && addresses === 0,
  },
  {
    name: 'small_beside_larger',
    finding: 'non_residential',
    holds: (building) =>
      building.area < 60 &&
      building.area < sizeAround(building) / 2 &&
      building.addresses === 0 &&
      !isInRow(building),
  },
  {
    name: 'pair',
    finding: 'house',
    holds: (building) =>
      building.rowNeighbours === 1 &&
      building.neighboursOfNeighbour === 1 &&
      building.area >= 60 &&
      building.area < 220 &&
      isLoose(building),
  },
  {
    name: 'row',
    finding: 'residential',
    holds: (building) =>
      isInRow(building) && building.area >= 30 && building.area < 400 && building.around >= 12,
  },
  {
    name: 'large_among_small',
    finding: 'non_residential',
    holds: (building) =>
      !isInRow(building) && building.area >= 800 && building.area >= 4 * sizeAround(building),
  },
  {
    name: 'small_and_lonely',
    finding: 'non_residential',
    holds: ({ area, around, rowNeighbours, isInResidentialArea }) =>
      rowNeighbours === 0 &&
      !isInResidentialArea &&
      ((area < 75 && around < 8) || (area < 160 && around < 3)),
  },
  {
    name: 'free_standing_house',
    finding: 'house',
    holds: (building) =>
      building.attached === 0 &&
      building.area >= 75 &&
      building.area < 280 &&
      building.elongation < 2.5 &&
      building.around >= 3 &&
      isLoose(building),
  },
  {
    name: 'large_free_standing',
    finding: 'residential',
    holds: (building) =>
      !isInRow(building) &&
      building.area >= 280 &&
      building.area < 800 &&
      building.around >= 3 &&
      building.elongation < 2.5,
  },
];
