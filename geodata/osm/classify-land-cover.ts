import { firstTag, lookUp, type Tags } from './tags.js';

export type LandCoverKind =
  'water' | 'park' | 'forest' | 'grass' | 'farmland' | 'beach' | 'residential';

export type LandCoverAttributes = {
  readonly kind: LandCoverKind;
  readonly name: string | undefined;
};

const kindOfNatural: Readonly<Record<string, LandCoverKind>> = {
  water: 'water',
  bay: 'water',
  wood: 'forest',
  grassland: 'grass',
  heath: 'grass',
  scrub: 'grass',
  fell: 'grass',
  beach: 'beach',
  sand: 'beach',
};

const kindOfLanduse: Readonly<Record<string, LandCoverKind>> = {
  reservoir: 'water',
  basin: 'water',
  forest: 'forest',
  grass: 'grass',
  meadow: 'grass',
  village_green: 'grass',
  recreation_ground: 'park',
  cemetery: 'park',
  allotments: 'park',
  farmland: 'farmland',
  farm: 'farmland',
  farmyard: 'farmland',
  orchard: 'farmland',
  vineyard: 'farmland',
  plant_nursery: 'farmland',
  residential: 'residential',
};

const kindOfLeisure: Readonly<Record<string, LandCoverKind>> = {
  park: 'park',
  garden: 'park',
  golf_course: 'grass',
};

/** The quiet background that the tags of an area say; undefined where they say none. */
export function classifyLandCover(tags: Tags): LandCoverAttributes | undefined {
  const kind =
    lookUp(kindOfNatural, tags['natural']) ??
    (tags['waterway'] === 'riverbank' || tags['waterway'] === 'dock' ? 'water' : undefined) ??
    lookUp(kindOfLanduse, tags['landuse']) ??
    lookUp(kindOfLeisure, tags['leisure']);
  return kind && { kind, name: firstTag(tags, 'name') };
}
