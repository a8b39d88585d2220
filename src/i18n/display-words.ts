import { msg } from '@lit/localize';
import type { PointCategory } from '../../server/contract/account-points.js';
import type { DisplayMeasure, DisplayMode } from '../map/account-display.js';

/** Name of a way to show accounts, short enough for a button. */
export function displayModeName(mode: DisplayMode): string {
  return {
    auto: msg('Automatic'),
    points: msg('Points'),
    size: msg('Value'),
    clusters: msg('Clusters'),
    heat: msg('Heat'),
    hexagons: msg('Hexagons'),
    columns: msg('Columns'),
  }[mode];
}

/** What a way to show accounts is good for. */
export function displayModeHint(mode: DisplayMode): string {
  return {
    auto: msg('Cells that become points as you zoom in'),
    points: msg('Each account as a point in the colour of its category'),
    size: msg('Each account as a circle as large as its revenue'),
    clusters: msg('Neighbours gathered, with their exact number or revenue'),
    heat: msg('Where accounts or revenue lie close together'),
    hexagons: msg('Cells shaded by what they hold'),
    columns: msg('Cells as columns as high as what they hold'),
  }[mode];
}

/** Name of a category that colours points. */
export function pointCategoryName(category: PointCategory): string {
  return {
    lifecycle: msg('Lifecycle'),
    segment: msg('Segment'),
    kind: msg('Kind'),
    housing_type: msg('Housing type'),
    zone_kind: msg('Business zone'),
    owner: msg('Owner'),
  }[category];
}

/** Name of what cells, clusters and heat are of. */
export function displayMeasureName(measure: DisplayMeasure): string {
  return {
    count: msg('Accounts'),
    revenue: msg('Revenue'),
    mean: msg('Mean revenue'),
  }[measure];
}

/** The same, short enough for a button among others. */
export function displayMeasureButton(measure: DisplayMeasure): string {
  return measure === 'mean' ? msg('Mean') : displayMeasureName(measure);
}
