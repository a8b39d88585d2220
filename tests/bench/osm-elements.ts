import type { OsmElement } from '../../geodata/osm/elements.js';

/** Nodes a way has on average, as in the Netherlands; one node in fifty has tags. */
const nodesPerWay = 8;
const taggedNode = 50;
const streetsPerHouse = 5;

/** A made-up town of about so many elements, sorted as extracts are: a grid of houses and streets. */
export function* syntheticElements(count: number): Generator<OsmElement> {
  const nodes = Math.round((count * nodesPerWay) / (nodesPerWay + 1));
  for (let id = 1; id <= nodes; id += 1) {
    const place = { lon: 5 + ((id * 37) % 10_000) / 1e4, lat: 52 + ((id * 91) % 10_000) / 1e4 };
    const number = String(id % 400);
    const tags = {
      'addr:street': `Straat ${id % 997}`,
      'addr:housenumber': number,
      name: `P ${id}`,
    };
    yield { type: 'node', id, ...place, ...(id % taggedNode === 0 ? { tags } : {}) };
  }
  for (let id = 1; id <= count - nodes; id += 1) {
    const first = 1 + ((id * nodesPerWay) % (nodes - nodesPerWay));
    const line = Array.from({ length: nodesPerWay }, (_, index) => first + index);
    const isStreet = id % streetsPerHouse === 0;
    yield isStreet
      ? {
          type: 'way',
          id,
          refs: line,
          tags: { highway: 'residential', name: `Straat ${id}`, surface: 'asphalt' },
        }
      : {
          type: 'way',
          id,
          refs: [...line, first],
          tags: { building: 'house', start_date: '1970' },
        };
  }
}
