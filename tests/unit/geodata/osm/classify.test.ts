import { describe, expect, test } from 'vitest';
import { classifyBuilding, parseYear } from '../../../../geodata/osm/classify-building.js';
import { classifyLandCover } from '../../../../geodata/osm/classify-land-cover.js';
import { classifyAddress, classifyPlace } from '../../../../geodata/osm/classify-place.js';
import { classifyRoad } from '../../../../geodata/osm/classify-road.js';
import { classifyZone } from '../../../../geodata/osm/classify-zone.js';

describe('roads', () => {
  test.each([
    ['motorway', 'motorway'],
    ['primary_link', 'primary'],
    ['unclassified', 'residential'],
    ['living_street', 'residential'],
    ['footway', 'path'],
    ['steps', 'path'],
    ['busway', 'other'],
  ])('highway=%s counts as %s', (highway, expected) => {
    expect(classifyRoad({ highway })?.class).toBe(expected);
  });

  test.each([
    [{}],
    [{ highway: 'construction' }],
    [{ highway: 'platform' }],
    [{ highway: 'constructor' }],
    [{ highway: 'pedestrian', area: 'yes' }],
  ])('%j is not a road', (tags) => {
    expect(classifyRoad(tags)).toBeUndefined();
  });

  test.each([
    [{ smoothness: 'bad', surface: 'asphalt' }, 'poor'],
    [{ smoothness: 'nonsense', surface: 'asphalt' }, 'good'],
    [{ surface: 'sett' }, 'fair'],
    [{ surface: 'gravel', tracktype: 'grade1' }, 'poor'],
    [{ tracktype: 'grade5' }, 'bad'],
    [{ surface: 'asphalt;gravel' }, 'good'],
    [{ surface: 'toString' }, 'unknown'],
    [{}, 'unknown'],
  ])('%j is in condition %s', (tags, expected) => {
    expect(classifyRoad({ highway: 'track', ...tags })?.condition).toBe(expected);
  });

  test.each([
    [{ oneway: 'yes' }, 'forward'],
    [{ oneway: '-1' }, 'backward'],
    [{ oneway: 'reversible' }, 'reversible'],
    [{ junction: 'roundabout' }, 'forward'],
    [{ highway: 'motorway' }, 'forward'],
    [{ highway: 'motorway', oneway: 'no' }, 'no'],
    [{ highway: 'motorway_link' }, 'no'],
    [{}, 'no'],
  ])('%j is one-way %s', (tags, expected) => {
    expect(classifyRoad({ highway: 'primary', ...tags })?.oneWay).toBe(expected);
  });

  test('lanes, toll, bridge and tunnel are read; what is not a number of lanes is left out', () => {
    const road = classifyRoad({
      highway: 'primary',
      lanes: '3;2',
      toll: 'yes',
      bridge: 'viaduct',
      tunnel: 'no',
    });
    expect(road).toMatchObject({ lanes: 3, toll: true, bridge: true, tunnel: false });
    expect(classifyRoad({ highway: 'primary', lanes: 'many' })?.lanes).toBeUndefined();
  });
});

describe('buildings', () => {
  test.each([
    [{ building: 'detached' }, 'detached'],
    [{ building: 'semidetached_house' }, 'semi_detached'],
    [{ building: 'terrace' }, 'terrace'],
    [{ building: 'apartments' }, 'apartments'],
    [{ building: 'farm' }, 'farm'],
    [{ building: 'houseboat' }, 'houseboat'],
    [{ building: 'house' }, 'house'],
    [{ building: 'residential' }, 'residential'],
    [{ building: 'dormitory' }, 'other_residential'],
    [{ building: 'house', house: 'terraced' }, 'terrace'],
    [{ building: 'retail' }, 'non_residential'],
    [{ building: 'farm_auxiliary' }, 'non_residential'],
    [{ building: 'yes' }, 'unknown'],
    [{ building: 'yes', 'building:use': 'residential' }, 'residential'],
    [{ building: 'yes', 'building:use': 'office' }, 'non_residential'],
    [{ building: 'yes', 'building:flats': '12' }, 'apartments'],
    [{ building: 'yes', 'building:flats': '1' }, 'residential'],
    [{ building: 'yes', amenity: 'school' }, 'non_residential'],
    [{ building: 'yes', shop: 'no' }, 'unknown'],
  ])('%j is %s', (tags, expected) => {
    expect(classifyBuilding(tags)?.taggedType).toBe(expected);
  });

  test('building=no and areas without the tag are none', () => {
    expect(classifyBuilding({ building: 'no' })).toBeUndefined();
    expect(classifyBuilding({ landuse: 'residential' })).toBeUndefined();
  });

  test('levels and dwellings are whole numbers', () => {
    const tags = { building: 'yes', 'building:levels': '3.5', 'building:flats': '8' };
    expect(classifyBuilding(tags)).toMatchObject({ levels: 3, dwellings: 8 });
    expect(classifyBuilding({ building: 'yes', 'building:levels': '1-2' })?.levels).toBeUndefined();
  });

  test.each([
    ['1932', 1932],
    ['1932-05-01', 1932],
    ['~1900', 1900],
    ['1890s', 1890],
    ['ca. 1700', 1700],
    ['1920..1925', 1920],
    ['C19', undefined],
    ['before 1900', undefined],
    ['12345', undefined],
    ['3019', undefined],
  ])('start_date=%s is the year %s', (value, expected) => {
    expect(parseYear(value)).toBe(expected);
  });
});

describe('business zones', () => {
  test.each([
    [{ landuse: 'industrial' }, 'industrial'],
    [{ landuse: 'industrial', industrial: 'port' }, 'port'],
    [{ landuse: 'commercial' }, 'commercial'],
    [{ landuse: 'commercial', commercial: 'office' }, 'office_park'],
    [{ landuse: 'commercial', name: 'Amstel Business Park' }, 'office_park'],
    [{ landuse: 'retail' }, 'retail'],
    [{ aeroway: 'aerodrome' }, 'airport'],
    [{ landuse: 'quarry' }, 'quarry'],
    [{ landuse: 'military' }, 'military'],
    [{ landuse: 'residential' }, undefined],
  ])('%j is %s', (tags, expected) => {
    expect(classifyZone(tags)?.kind).toBe(expected);
  });
});

describe('places', () => {
  test('a shop keeps its contact, hours and address', () => {
    expect(
      classifyPlace({
        name: 'Bakker Bart',
        shop: 'bakery',
        'contact:phone': '+31 20 1234567',
        website: 'https://example.org',
        opening_hours: 'Mo-Fr 08:00-18:00',
        'addr:street': 'Hoofdstraat',
        'addr:housenumber': '1-3',
        'addr:postcode': '1234 AB',
        'addr:city': 'Ons Dorp',
      }),
    ).toEqual({
      category: 'shop',
      kind: 'bakery',
      name: 'Bakker Bart',
      phone: '+31 20 1234567',
      email: undefined,
      website: 'https://example.org',
      openingHours: 'Mo-Fr 08:00-18:00',
      street: 'Hoofdstraat',
      houseNumber: '1-3',
      postcode: '1234 AB',
      city: 'Ons Dorp',
    });
  });

  test.each([
    [{ office: 'lawyer' }, 'office', 'lawyer'],
    [{ craft: 'brewery' }, 'craft', 'brewery'],
    [{ man_made: 'works', product: 'steel;iron' }, 'works', 'steel'],
    [{ amenity: 'pharmacy', shop: 'chemist' }, 'healthcare', 'pharmacy'],
    [{ amenity: 'school' }, 'amenity', 'school'],
    [{ tourism: 'hotel', amenity: 'restaurant' }, 'tourism', 'hotel'],
    [{ leisure: 'fitness_centre' }, 'leisure', 'fitness_centre'],
    [{ club: 'sport' }, 'other', 'club'],
  ])('%j is of category %s, kind %s', (tags, category, kind) => {
    expect(classifyPlace({ name: 'N', ...tags })).toMatchObject({ category, kind });
  });

  test('a brand will do for a name; without either it is no place', () => {
    expect(classifyPlace({ brand: 'Shell', amenity: 'fuel' })?.name).toBe('Shell');
    expect(classifyPlace({ shop: 'bakery' })).toBeUndefined();
  });

  test.each([
    [{ amenity: 'bench' }],
    [{ leisure: 'park' }],
    [{ shop: 'vacant' }],
    [{ office: 'no' }],
  ])('%j is no place to call on, whatever its name', (tags) => {
    expect(classifyPlace({ name: 'N', ...tags })).toBeUndefined();
  });

  test('an address needs a house number and a street or place', () => {
    expect(classifyAddress({ 'addr:housenumber': '5', 'addr:place': 'Gehucht' })).toMatchObject({
      street: 'Gehucht',
      houseNumber: '5',
    });
    expect(classifyAddress({ 'addr:street': 'Hoofdstraat' })).toBeUndefined();
  });
});

describe('land cover', () => {
  test.each([
    [{ natural: 'water' }, 'water'],
    [{ waterway: 'riverbank' }, 'water'],
    [{ leisure: 'park' }, 'park'],
    [{ landuse: 'forest' }, 'forest'],
    [{ landuse: 'meadow' }, 'grass'],
    [{ landuse: 'farmland' }, 'farmland'],
    [{ natural: 'beach' }, 'beach'],
    [{ landuse: 'residential' }, 'residential'],
    [{ landuse: 'industrial' }, undefined],
  ])('%j is %s', (tags, expected) => {
    expect(classifyLandCover(tags)?.kind).toBe(expected);
  });
});
