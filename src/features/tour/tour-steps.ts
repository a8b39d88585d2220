import { msg } from '@lit/localize';
import type { Role } from '../../lib/roles.js';

/** One card of the tour. */
export interface TourStep {
  /** What the card points at, anywhere on the page; where it is not shown the card stands alone. */
  readonly selector: string;
  readonly title: string;
  readonly text: string;
}

/** What a role needs to know first; each tour is read in under a minute. */
export function tourSteps(role: Role): readonly TourStep[] {
  return {
    planner: [slice(), regions(), layers(), period(), keep()],
    manager: [figures(), regions(), period(), keep(), commands()],
    prospector: [find(), accounts(), nearby(), keep()],
    administrator: [imports(), people(), slice(), commands()],
  }[role];
}

const slice = (): TourStep => ({
  selector: 'ct-slice-bar .chips',
  title: msg('Say what to see'),
  text: msg('Measure, period and filters: map, figures and table follow each of them together.'),
});

const regions = (): TourStep => ({
  selector: 'ct-map',
  title: msg('Click a region to go into it'),
  text: msg(
    'Its parts take the colours, and all figures become those of the region. The path above the figures leads back up.',
  ),
});

const layers = (): TourStep => ({
  selector: 'ct-layers-panel',
  title: msg('Layers'),
  text: msg(
    'Accounts, housing types, roads and business zones: show, hide and colour each, with exact counts.',
  ),
});

const period = (): TourStep => ({
  selector: 'ct-timeline',
  title: msg('Time'),
  text: msg('Drag over the months to look at a period.'),
});

const figures = (): TourStep => ({
  selector: 'ct-insight-panel',
  title: msg('Figures of the region'),
  text: msg(
    'Totals with the change to the period before, and the parts ranked. What could not be placed has a row of its own.',
  ),
});

const keep = (): TourStep => ({
  selector: 'ct-views',
  title: msg('Keep a view'),
  text: msg(
    'Save what you see under a name, and share it with your team. The address in the browser can be shared as well.',
  ),
});

const find = (): TourStep => ({
  selector: 'ct-search',
  title: msg('Find anything'),
  text: msg('Names, streets, postcodes and regions; spelling mistakes are forgiven.'),
});

const accounts = (): TourStep => ({
  selector: 'ct-map',
  title: msg('Every point is an account'),
  text: msg(
    'Zoom in until cells become points, and click one to see who it is and what surrounds it.',
  ),
});

const nearby = (): TourStep => ({
  selector: '.maplibregl-ctrl-geolocate',
  title: msg('Where you are'),
  text: msg('Shows your position on the map, so that you see which leads are nearby.'),
});

const imports = (): TourStep => ({
  selector: 'ct-rail a[href^="/imports"]',
  title: msg('Bring in your data'),
  text: msg(
    'Customers, regions, roads and more, from the formats you have. Each import says what it could not take, and why.',
  ),
});

const people = (): TourStep => ({
  selector: 'ct-rail a[href^="/settings"]',
  title: msg('Let people in'),
  text: msg('Roles and regions decide who sees which accounts, in every table, map and export.'),
});

const commands = (): TourStep => ({
  selector: 'ct-rail .palette',
  title: msg('Everything from the keyboard'),
  text: msg('Ctrl-K opens a box that goes anywhere and does anything.'),
});
