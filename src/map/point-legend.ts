import { msg } from '@lit/localize';
import type { PointCategory } from '../../server/contract/account-points.js';
import { pointCategoryName } from '../i18n/display-words.js';
import type { PictureClass } from './contract.js';
import { categoryLabel } from './legend.js';
import { distinctColours, lifecycleColours, palettes, toRgba, type Theme } from './palette.js';
import {
  firstClass,
  namedClasses,
  noneClass,
  otherClass,
  type PointClass,
} from './points/paint-points.js';

/** Values of the categories that the product itself knows, in the order of their colours. */
const knownValues: Readonly<Partial<Record<PointCategory, readonly string[]>>> = {
  kind: ['organisation', 'person'],
  housing_type: [
    'detached',
    'semi_detached',
    'terrace',
    'apartments',
    'farm',
    'houseboat',
    'other_residential',
    'non_residential',
    'unknown',
  ],
  zone_kind: [
    'industrial',
    'commercial',
    'retail',
    'office_park',
    'port',
    'railway',
    'airport',
    'quarry',
    'military',
    'institutional',
    'other',
  ],
};

/** Colour of a class of points: by the value where it is known, else by how often it occurs. */
export function pointColour(
  category: PointCategory | null,
  { kind, value, index }: Pick<PointClass, 'kind' | 'value' | 'index'>,
  theme: Theme,
): string {
  if (category === null) return lifecycleColours[theme]['customer'] as string;
  if (kind !== 'value' || value === null) return quietColours(theme)[kind === 'none' ? 0 : 1];
  if (category === 'lifecycle') return lifecycleColours[theme][value] ?? palettes[theme].labelQuiet;
  const colours = distinctColours[theme];
  const known = knownValues[category]?.indexOf(value) ?? -1;
  return colours[(known >= 0 ? known : index - firstClass) % colours.length] as string;
}

/** Colours by class for the shader. */
export function pointPalette(
  category: PointCategory | null,
  classes: readonly PointClass[],
  theme: Theme,
): number[][] {
  const palette = Array.from({ length: firstClass + namedClasses + 1 }, () =>
    toRgba(pointColour(null, { kind: 'value', value: null, index: firstClass }, theme)),
  );
  if (category === null) return palette;
  palette[noneClass] = toRgba(quietColours(theme)[0]);
  palette[otherClass] = toRgba(quietColours(theme)[1]);
  for (const entry of classes) palette[entry.index] = toRgba(pointColour(category, entry, theme));
  return palette;
}

/** The classes as a legend shows them. */
export function pictureClasses(
  category: PointCategory | null,
  classes: readonly PointClass[],
  theme: Theme,
): PictureClass[] {
  return classes.map((entry) => ({
    value: entry.value,
    kind: entry.kind,
    label: entry.label,
    colour: pointColour(category, entry, theme),
    count: entry.count,
  }));
}

/** What a class of the legend of points is called. */
export function pictureClassName(
  { kind, label, value }: PictureClass,
  category: PointCategory | null,
): string {
  if (kind === 'other') return msg('All others');
  return label ?? pointValueLabel(category ?? 'lifecycle', value);
}

/** The word for a value of a category, as people read it; without one the category says what is missing. */
export function pointValueLabel(category: PointCategory, value: string | null): string {
  if (value === null) return `${pointCategoryName(category)}: ${msg('none')}`;
  if (category === 'lifecycle') return categoryLabel('accounts', value);
  if (category === 'housing_type') return categoryLabel('buildings', value);
  if (category === 'zone_kind') return categoryLabel('business_zones', value);
  if (category !== 'kind') return value;
  return value === 'person' ? msg('Person') : msg('Organisation');
}

/** Colours of what has no value and of what has no colour of its own. */
function quietColours(theme: Theme): [none: string, other: string] {
  return theme === 'light' ? ['#b9b4a8', '#6b7478'] : ['#4b565b', '#8b9598'];
}
