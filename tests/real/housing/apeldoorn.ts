import type { BuildingFeatures } from '../../../geodata/housing/building-features.js';
import { deriveType } from '../../../geodata/housing/derive-type.js';
import { confusionTable, countPairs, derivedColumns } from './confusion.js';

type Row = Readonly<Record<string, string>>;

/** The buildings that hold the units, with what is known of them. */
function buildingsOf(units: readonly Row[]): Map<string, Row[]> {
  const buildings = new Map<string, Row[]>();
  for (const unit of units) {
    const id = unit['pandidenti'] ?? '';
    buildings.set(id, [...(buildings.get(id) ?? []), unit]);
  }
  return buildings;
}

const isDwelling = (unit: Row) => (unit['gebruiksdo'] ?? '').split(',').includes('woonfunctie');

function officialUse(units: readonly Row[]): string {
  const dwellings = units.filter(isDwelling).length;
  if (dwellings === 0) return 'no dwelling';
  if (dwellings < units.length) return 'dwellings and others';
  return dwellings === 1 ? 'one dwelling' : 'several dwellings';
}

const rows = ['one dwelling', 'several dwellings', 'dwellings and others', 'no dwelling'];

/** A building of which nothing is known but what the register says. */
const bare: BuildingFeatures = {
  ...{
    area: Number.NaN,
    compactness: Number.NaN,
    elongation: Number.NaN,
    rectangularity: Number.NaN,
  },
  ...{ vertices: 0, levels: null, dwellings: null, rowNeighbours: 0, neighboursOfNeighbour: 0 },
  ...{ attached: 0, wallShare: 0, gap: 50, around: 0, aroundLogArea: Number.NaN, addresses: 0 },
  ...{ addressCover: 1, shops: 0, offices: 0, otherPlaces: 0, isInResidentialArea: false },
  ...{ isInFarmland: false, zoneKind: null, registerUnits: null, registerDwellings: null },
};

/** What is derived where the register with its uses is loaded. */
export function registerTable(units: readonly Row[]): string {
  return tableOf(units, (own) => ({
    ...bare,
    registerUnits: own.length,
    registerDwellings: own.filter(isDwelling).length,
  }));
}

/** What is derived from the addresses alone, with the uses hidden; floor area stands in for the footprint. */
export function addressOnlyTable(units: readonly Row[]): string {
  return tableOf(units, (own) => {
    const address = ({ openbare_r, huisnummer, huisletter, toevoeging }: Row) =>
      [openbare_r, huisnummer, huisletter, toevoeging].join(' ');
    const floorArea = own.reduce((sum, unit) => sum + Number(unit['oppervlakt']), 0);
    return { ...bare, addresses: new Set(own.map(address)).size, area: floorArea };
  });
}

function tableOf(
  units: readonly Row[],
  known: (units: readonly Row[]) => BuildingFeatures,
): string {
  const pairs = [...buildingsOf(units).values()].map(
    (own) =>
      [officialUse(own), deriveType(known(own), 'unknown')?.housingType ?? 'unknown'] as const,
  );
  return confusionTable(countPairs(pairs), {
    corner: 'official \\ derived',
    rows,
    columns: derivedColumns,
  });
}
