import { describe, expect, test } from 'vitest';
import { CountryVotes } from '../../../../geodata/osm/country-votes.js';
import { extractName } from '../../../../geodata/osm/extract-name.js';
import type { Tags } from '../../../../geodata/osm/tags.js';
import { barrierOf, isKnownBarrier } from '../../../../geodata/roads/barrier.js';
import { carSpeed, saysBuiltUp } from '../../../../geodata/roads/car-speed.js';
import { parseDurationS } from '../../../../geodata/roads/duration.js';
import { legalSpeedKmh } from '../../../../geodata/roads/legal-speeds.js';
import { roadCondition, unknownConditionTags } from '../../../../geodata/roads/road-condition.js';
import { ferryTravel, roadTravel } from '../../../../geodata/roads/road-travel.js';

describe('condition', () => {
  test.each<[Tags, string, string | null]>([
    [{ smoothness: 'bad', surface: 'asphalt', highway: 'motorway' }, 'poor', 'tagged'],
    [{ surface: 'sett', tracktype: 'grade1' }, 'fair', 'surface'],
    [{ surface: 'asphalt;gravel' }, 'good', 'surface'],
    [{ surface: 'logs', tracktype: 'grade4' }, 'bad', 'tracktype'],
    [{ highway: 'motorway_link' }, 'good', 'class'],
    [{ highway: 'secondary' }, 'good', 'class'],
    [{ highway: 'tertiary' }, 'unknown', null],
    [{ highway: 'residential' }, 'unknown', null],
    [{ highway: 'constructor', surface: 'toString' }, 'unknown', null],
  ])('%j is %s by %s', (tags, condition, source) => {
    expect(roadCondition(tags)).toEqual({ condition, source });
  });

  test('values that tell nothing are named', () => {
    const tags = { highway: 'tertiary', surface: 'logs', smoothness: 'good', tracktype: 'grade9' };
    expect(unknownConditionTags(tags)).toEqual(['surface=logs', 'tracktype=grade9']);
  });
});

describe('speed', () => {
  test.each([
    ['BR', 'urban', 'primary', 60],
    ['BR', 'urban', 'residential', 30],
    ['BR', 'urban', 'service', 40],
    ['US', 'rural', undefined, 89],
    ['LI', 'motorway', undefined, 120],
    ['XX', 'rural', undefined, 90],
    [undefined, 'urban', 'primary', 50],
    ['constructor', 'urban', 'toString', 50],
  ] as const)('the limit in %s, %s, %s is %i', (country, kind, highway, kmh) => {
    expect(legalSpeedKmh(country, kind, highway)).toBe(kmh);
  });

  test.each<[Tags, number, number, string]>([
    [{ highway: 'primary' }, 45, 72, 'default'],
    [{ highway: 'trunk_link' }, 45, 54, 'default'],
    [{ highway: 'service' }, 18, 18, 'default'],
    [{ highway: 'primary', motorroad: 'yes' }, 45, 81, 'default'],
    [{ highway: 'primary', maxspeed: 'NL:urban' }, 45, 45, 'zone'],
    [{ highway: 'primary', 'source:maxspeed': 'NL:zone30' }, 27, 27, 'zone'],
    [{ highway: 'primary', maxspeed: '60', 'zone:traffic': 'NL:urban' }, 54, 54, 'tagged'],
    [{ highway: 'primary', maxspeed: 'signals' }, 45, 72, 'default'],
    [{ highway: 'primary', maxspeed: '80', smoothness: 'very_bad' }, 20, 20, 'tagged'],
    [{ highway: 'track', tracktype: 'grade1', surface: 'mud' }, 10, 10, 'default'],
    [{ highway: 'pedestrian' }, 9, 9, 'default'],
  ])('Dutch %j: %f in town, %f outside, by %s', (tags, urbanKmh, ruralKmh, evidence) => {
    expect(carSpeed(tags, 'NL', 'forward')).toEqual({ urbanKmh, ruralKmh, evidence });
  });

  test.each<[Tags, boolean | undefined]>([
    [{ highway: 'residential' }, true],
    [{ highway: 'primary', maxspeed: 'GB:nsl_single' }, false],
    [{ highway: 'primary', 'maxspeed:type': 'DE:urban' }, true],
    [{ highway: 'motorway_link' }, false],
    [{ highway: 'primary' }, undefined],
  ])('%j says of the town: %s', (tags, expected) => {
    expect(saysBuiltUp(tags)).toBe(expected);
  });
});

describe('travel', () => {
  test.each<[Tags, number | undefined]>([
    [{ highway: 'footway' }, undefined],
    [{ highway: 'footway', bicycle: 'yes' }, 7.5],
    [{ highway: 'cycleway' }, 16],
    [{ highway: 'path', surface: 'sand' }, 6.4],
    [{ highway: 'motorway' }, undefined],
    [{ highway: 'primary', bicycle: 'use_sidepath' }, undefined],
  ])('bicycles on %j: %s km/h', (tags, kmh) => {
    expect(roadTravel(tags, undefined).bicycle.forward).toBe(kmh);
  });

  test('tracks, drives and private roads are only to arrive', () => {
    expect(roadTravel({ highway: 'track' }, undefined).limitedModes).toBe(1);
    expect(roadTravel({ highway: 'service', access: 'private' }, undefined).limitedModes).toBe(7);
    expect(
      roadTravel({ highway: 'service', access: 'private', foot: 'yes' }, undefined),
    ).toMatchObject({ limitedModes: 3 });
  });

  test('steps are walked slowly, and only walked', () => {
    const steps = roadTravel({ highway: 'steps' }, undefined);
    expect(steps).toMatchObject({ footKmh: 2.5, carUrban: { forward: undefined } });
  });

  test.each([
    ['00:20', 1200],
    ['1:05:30', 3930],
    ['45', 2700],
    ['PT1H30M', 5400],
    ['PT40S', 40],
    ['00:00', undefined],
    ['PT', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('a duration of %s is %s s', (value, expected) => {
    expect(parseDurationS(value)).toBe(expected);
  });

  test('a ferry for cars says so', () => {
    expect(ferryTravel({ route: 'ferry' }).carUrban.forward).toBeUndefined();
    expect(ferryTravel({ route: 'ferry', motorcar: 'yes' }).carUrban.forward).toBe(10);
    expect(ferryTravel({ route: 'ferry', foot: 'no' }).footKmh).toBeUndefined();
  });

  test.each<[Tags, number | undefined]>([
    [{}, undefined],
    [{ barrier: 'bollard' }, 1],
    [{ barrier: 'kissing_gate' }, 3],
    [{ barrier: 'gate', bicycle: 'no' }, 3],
    [{ barrier: 'lift_gate', access: 'private' }, 7],
    [{ barrier: 'lift_gate', access: 'customers' }, 0],
    [{ barrier: 'toll_booth' }, 0],
    [{ barrier: 'toString' }, 0],
  ])('barrier %j stops %s', (tags, modes) => {
    expect(barrierOf(tags)?.blockedModes).toBe(modes);
  });

  test('kinds of barrier that are not known are noticed', () => {
    expect(['gate', 'kerb', 'dragon', 'toString'].map(isKnownBarrier)).toEqual([
      ...[true, true, false, false],
    ]);
  });
});

describe('extracts', () => {
  test.each([
    ['liechtenstein-2015.osm.pbf', 'liechtenstein'],
    ['data/liechtenstein-latest.osm.pbf', 'liechtenstein'],
    ['liechtenstein-150727.osm.pbf', 'liechtenstein'],
    ['nl_2024-05-01.osm.gz', 'nl'],
    ['ile-de-france-latest-internal.osm.pbf', 'ile-de-france-latest-internal'],
    ['2015.osm.pbf', '2015'],
    ['town.osm', 'town'],
    ['utrecht-3d.pbf', 'utrecht-3d'],
  ])('%s is of %s', (file, name) => {
    expect(extractName(file)).toBe(name);
  });

  test('the country is the one named most, if it is named often enough', () => {
    const votes = new CountryVotes();
    for (const tags of [{ phone: '+423 123' }, { 'addr:country': 'LI' }, { phone: '0041 1' }]) {
      votes.add(tags);
    }
    expect(votes.winner()).toBeUndefined();
    votes.add({ 'contact:phone': '+423/99' });
    votes.add({ maxspeed: 'AT:urban' });
    expect(votes.winner()).toBe('LI');
  });
});
