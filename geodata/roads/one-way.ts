import type { Tags } from '../osm/tags.js';

export type OneWay = 'no' | 'forward' | 'backward' | 'reversible';

/** The direction of travel that the tags of a road allow; roundabouts and motorways imply forward. */
export function oneWay(tags: Tags): OneWay {
  const said = sayOneWay(tags['oneway']);
  if (said) return said;
  const isImplied =
    tags['junction'] === 'roundabout' ||
    tags['junction'] === 'circular' ||
    tags['highway'] === 'motorway';
  return isImplied ? 'forward' : 'no';
}

/** The same for bicycles, which may be let through against the others. */
export function oneWayForBicycles(tags: Tags): OneWay {
  const said = sayOneWay(tags['oneway:bicycle']);
  if (said) return said;
  const lanes = ['cycleway', 'cycleway:left', 'cycleway:right', 'cycleway:both'];
  const isOpposite = lanes.some((key) => tags[key]?.startsWith('opposite'));
  const isTwoWayLane = lanes.some((key) => tags[`${key}:oneway`] === 'no');
  return isOpposite || isTwoWayLane ? 'no' : oneWay(tags);
}

function sayOneWay(value: string | undefined): OneWay | undefined {
  switch (value) {
    case 'yes':
    case 'true':
    case '1':
      return 'forward';
    case '-1':
    case 'reverse':
      return 'backward';
    case 'reversible':
    case 'alternating':
      return 'reversible';
    case 'no':
    case 'false':
    case '0':
      return 'no';
  }
  return undefined;
}
