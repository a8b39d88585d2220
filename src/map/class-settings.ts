import { classifyMethods, type ClassifyMethod } from './classify.js';
import { isDiverging, rampNames, type RampName } from './ramps.js';

/** Where the middle of a diverging ramp lies: the mean of the regions, zero, or a value typed. */
export type Middle = 'mean' | 'zero' | number;

/** How a person wants the classes of the regions cut and coloured. */
export interface ClassSettings {
  readonly method: ClassifyMethod;
  readonly classes: number;
  /** Inner borders of the method `manual`, ascending. */
  readonly borders: readonly number[];
  readonly ramp: RampName;
  readonly middle: Middle;
}

export const fewestClasses = 2;
export const mostClasses = 9;

export const defaultClasses: ClassSettings = {
  method: 'quantile',
  classes: 5,
  borders: [],
  ramp: 'teal',
  middle: 'mean',
};

/**
 * Reads `method:number:ramp:middle`, for example `natural:7:blue-red:zero`; `manual` has its borders
 * in place of the number: `manual:10/20.5`. What is unknown takes its default.
 */
export function parseClasses(text: string | null): ClassSettings {
  const [methodText, numberText = '', rampText, middleText] = (text ?? '').split(':');
  const method = classifyMethods.find((name) => name === methodText) ?? defaultClasses.method;
  const borders = method === 'manual' ? toBorders(numberText.split('/').map(toNumber)) : [];
  if (method === 'manual' && borders === null) return defaultClasses;
  const ramp = rampNames.find((name) => name === rampText) ?? defaultClasses.ramp;
  return {
    method,
    classes: method === 'manual' ? defaultClasses.classes : toClassNumber(numberText),
    borders: borders ?? [],
    ramp,
    middle: isDiverging(ramp) ? toMiddle(middleText) : defaultClasses.middle,
  };
}

/** Prints what `parseClasses` reads; null for the default. */
export function printClasses(settings: ClassSettings): string | null {
  const { method, classes, borders, ramp, middle } = settings;
  const parts = [method, method === 'manual' ? borders.join('/') : String(classes), ramp];
  if (isDiverging(ramp)) parts.push(String(middle));
  const text = parts.join(':');
  return text === `${defaultClasses.method}:${defaultClasses.classes}:${defaultClasses.ramp}`
    ? null
    : text;
}

/** Borders in order and each once; null where one is no number, or none or too many are left. */
export function toBorders(numbers: readonly number[]): readonly number[] | null {
  if (!numbers.every(Number.isFinite)) return null;
  const borders = [...new Set(numbers)].sort((a, b) => a - b);
  return borders.length > 0 && borders.length < mostClasses ? borders : null;
}

function toClassNumber(text: string): number {
  const number = toNumber(text);
  const isValid = Number.isInteger(number) && number >= fewestClasses && number <= mostClasses;
  return isValid ? number : defaultClasses.classes;
}

function toMiddle(text: string | undefined): Middle {
  if (text === 'zero' || text === 'mean') return text;
  const number = toNumber(text ?? '');
  return Number.isFinite(number) ? number : defaultClasses.middle;
}

function toNumber(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
