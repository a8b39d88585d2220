import { msg, str } from '@lit/localize';
import type { SelectionLeaf } from '../../../server/contract/selections.js';
import { formatCount } from '../../lib/format.js';
import { formatMeters } from '../../map/draw/measured.js';
import type { DrawTool } from '../../map/draw/sketch.js';
import type { DrawMode } from '../../state/selection-edit.js';
import type { IconName } from '../../ui/icons.js';

type ToolWords = {
  readonly icon: IconName;
  readonly name: () => string;
  /** What to do with the pointer. */
  readonly hint: () => string;
};

export const toolWords: Readonly<Record<DrawTool, ToolWords>> = {
  box: {
    icon: 'select-box',
    name: () => msg('Box'),
    hint: () => msg('Drag from corner to corner.'),
  },
  lasso: {
    icon: 'lasso',
    name: () => msg('Lasso'),
    hint: () => msg('Draw around what you want.'),
  },
  polygon: {
    icon: 'polygon',
    name: () => msg('Polygon'),
    hint: () => msg('Click the corners; the first again, or Enter, closes it.'),
  },
  circle: {
    icon: 'circle',
    name: () => msg('Circle'),
    hint: () => msg('Drag from the middle outwards, or click for 500 m.'),
  },
  corridor: {
    icon: 'corridor',
    name: () => msg('Corridor'),
    hint: () => msg('Click along the way; double click or Enter ends it.'),
  },
  road: {
    icon: 'road',
    name: () => msg('Along a road'),
    hint: () => msg('Click a road: the whole of it is taken.'),
  },
  region: {
    icon: 'region',
    name: () => msg('Regions'),
    hint: () => msg('Click regions to add them or take them out.'),
  },
  distance: {
    icon: 'ruler',
    name: () => msg('Measure a distance'),
    hint: () => msg('Click along the way. Escape clears it.'),
  },
  area: {
    icon: 'measure-area',
    name: () => msg('Measure an area'),
    hint: () => msg('Click the corners. Escape clears it.'),
  },
};

export function modeName(mode: DrawMode): string {
  return {
    new: msg('New'),
    union: msg('Add'),
    minus: msg('Take away'),
    intersect: msg('Keep common'),
  }[mode];
}

/** How a part joins those before it, as a sign at its name. */
export const modeSign: Readonly<Record<DrawMode, string>> = {
  new: '',
  union: '+',
  minus: '−',
  intersect: '∩',
};

/** A part of a selection in a few words. */
export function leafName(leaf: SelectionLeaf, locale: string): string {
  switch (leaf.kind) {
    case 'box':
      return msg('Box');
    case 'polygon':
      return msg('Polygon');
    case 'lasso':
      return msg('Lasso');
    case 'circle':
      return msg(str`Circle of ${formatMeters(leaf.radiusMeters, locale)}`);
    case 'corridor':
      return msg(str`Corridor, ${formatMeters(leaf.widthMeters, locale)} wide`);
    case 'road':
      return msg(str`Along a road, ${formatMeters(leaf.widthMeters, locale)} wide`);
    case 'regions':
      return leaf.ids.length === 1
        ? msg('1 region')
        : msg(str`${formatCount(leaf.ids.length, locale)} regions`);
    case 'accounts':
      return leaf.ids.length === 1
        ? msg('1 account picked')
        : msg(str`${formatCount(leaf.ids.length, locale)} accounts picked`);
  }
}
