import { msg, str } from '@lit/localize';
import { filterTitle, filterValueName, measureName } from '../../i18n/words.js';
import { formatDay } from '../../lib/format.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { measureNamed } from '../../state/measures.js';
import { owners } from '../../state/owners.js';
import { preferences } from '../../state/preferences.js';
import { sessionStore } from '../../state/session.js';
import { filterNames } from '../../state/url-state.js';
import { periodName } from '../explore/period-names.js';
import { composeLegends, type DrawnMap } from './compose-legends.js';
import type { SheetContent } from './sheet-content.js';

/** What may be left off a sheet. */
export const sheetParts = ['legend', 'scale', 'sources', 'date', 'filters'] as const;
export type SheetPart = (typeof sheetParts)[number];

/** A title that says what is seen: measure, region, period. */
export function proposedTitle(): string {
  const { measure, period } = appLocation.state;
  const region = explore.view.value?.region;
  const place = !region || region.level === 0 ? sessionStore.current.project.name : region.name;
  const name = measureName(measure, measureNamed(measure).title);
  return [name, place, periodName(period, preferences.language)].join(' · ');
}

/** The texts and legends of a sheet, from what the screen shows. */
export function composeContent(
  { title, parts, now }: { title: string; parts: ReadonlySet<SheetPart>; now: Date },
  drawn: DrawnMap,
): SheetContent {
  return {
    title,
    lines: parts.has('filters') ? sliceLines() : [],
    legends: parts.has('legend') ? composeLegends(drawn) : [],
    foot: [
      ...(parts.has('sources') ? sourceLines() : []),
      ...(parts.has('date') ? [dateLine(now)] : []),
    ],
  };
}

/** Where in the project, and each active filter with all its values. */
function sliceLines(): string[] {
  const { filters } = appLocation.state;
  const path = (explore.view.value?.region.path ?? []).filter(({ level }) => level > 0);
  const chosen = filterNames.flatMap((name) => {
    const values = filters[name] ?? [];
    if (values.length === 0) return [];
    const words = values.map(
      (value) =>
        (name === 'owner' ? owners.nameOf(value) : undefined) ?? filterValueName(name, value),
    );
    return [`${filterTitle(name)}: ${words.join(', ')}`];
  });
  const line = [path.map(({ name }) => name).join(' › '), ...chosen].filter(Boolean).join(' · ');
  return line === '' ? [] : [line];
}

function sourceLines(): string[] {
  const layers = appLocation.state.layers.filter(({ visible }) => visible).map(({ id }) => id);
  const named = (explore.catalog.value?.layers ?? [])
    .filter(({ id }) => layers.some((layer) => layer === id))
    .flatMap(({ attribution }) => attribution?.split(', ') ?? []);
  const sources = [...new Set([...named, ...sessionStore.current.project.attributions])];
  const list = sources.join(', ');
  return sources.length === 0 ? [] : [msg(str`Sources: ${list}`)];
}

function dateLine(now: Date): string {
  const day = formatDay(now.toISOString(), preferences.language);
  const { name } = sessionStore.current.project;
  return msg(str`${name}, as of ${day}`);
}
