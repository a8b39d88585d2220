import type { ZoneKind } from '../osm/classify-zone.js';

/** Classes of a zoning plan by the beginning of their code, for example `{ M: 'industrial' }`. */
export type ZoneClasses = Readonly<Record<string, ZoneKind>>;

/**
 * The kind of a class of a zoning plan: that of the longest code it begins with, where no further letter
 * follows (`M` takes in `M1-2` but not `MX`). Undefined for classes that are no business.
 */
export function kindOfClass(classes: ZoneClasses, value: string): ZoneKind | undefined {
  const name = value.trim().toUpperCase();
  const code = Object.keys(classes)
    .filter((key) => {
      const start = key.toUpperCase();
      return name.startsWith(start) && !/^[A-Z]/.test(name.slice(start.length));
    })
    .sort((a, b) => b.length - a.length)[0];
  return code === undefined ? undefined : classes[code];
}
