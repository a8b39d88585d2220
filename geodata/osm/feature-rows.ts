import { classifyBuilding } from './classify-building.js';
import { classifyLandCover } from './classify-land-cover.js';
import { classifyAddress, classifyPlace, type AddressAttributes } from './classify-place.js';
import { classifyZone } from './classify-zone.js';
import type { StagingWriter } from './staging-writer.js';
import type { Tags } from './tags.js';

/** A feature to be staged: its stable key, what it says, and its shape as hexadecimal EWKB. */
export type Feature = {
  readonly sourceKey: string;
  readonly tags: Tags;
  readonly geometry: string;
};

/** Stages a point as a place, an address, or both. */
export function stagePoint(writer: StagingWriter, feature: Feature): void {
  stagePlace(writer, feature);
  stageAddress(writer, feature);
}

/** Stages an area in every layer that its tags belong to. */
export function stageArea(writer: StagingWriter, feature: Feature): void {
  const { sourceKey, tags, geometry } = feature;
  const building = classifyBuilding(tags);
  if (building) {
    const { taggedType, registerRef, name, levels, year, dwellings } = building;
    const facts = [taggedType, registerRef, name, levels, year, dwellings];
    writer.add('buildings', [sourceKey, ...facts, geometry]);
  }
  const zone = classifyZone(tags);
  if (zone) writer.add('business_zones', [sourceKey, zone.kind, zone.name, geometry]);
  const cover = classifyLandCover(tags);
  if (cover) writer.add('land_cover', [sourceKey, cover.kind, cover.name, geometry]);
  stagePlace(writer, feature);
  stageAddress(writer, feature);
}

function stagePlace(writer: StagingWriter, { sourceKey, tags, geometry }: Feature): void {
  const place = classifyPlace(tags);
  if (!place) return;
  const { category, kind, name, phone, email, website, openingHours } = place;
  writer.add('places', [
    ...[sourceKey, category, kind, name, phone, email, website, openingHours],
    ...addressValues(place),
    geometry,
  ]);
}

function stageAddress(writer: StagingWriter, { sourceKey, tags, geometry }: Feature): void {
  const address = classifyAddress(tags);
  if (address) writer.add('addresses', [sourceKey, ...addressValues(address), geometry]);
}

function addressValues(address: AddressAttributes): (string | undefined)[] {
  return [address.street, address.houseNumber, address.postcode, address.city];
}
