import { AppError } from '../../server/errors.js';

/**
 * The layer to read: the one asked for, whatever the case of its letters, or the only one.
 *
 * @param labelOf short name under which a layer may be asked for too
 * @throws AppError that lists the layers where none or several could be meant
 */
export function chooseLayer(
  file: string,
  layers: readonly string[],
  asked: string | undefined,
  labelOf: (layer: string) => string = (layer) => layer,
): string {
  const [only] = layers;
  if (only === undefined) throw new AppError('validation', `${file} holds no layer to read.`);
  const list = layers.map(labelOf).join(', ');
  if (asked === undefined) {
    if (layers.length === 1) return only;
    const several = `${file} holds ${layers.length} layers: ${list}. Say which with --layer.`;
    throw new AppError('validation', several, { layers: layers.map(labelOf) });
  }
  const wanted = asked.toLowerCase();
  const found =
    layers.find((layer) => layer === asked) ??
    layers.find((layer) => [layer, labelOf(layer)].some((name) => name.toLowerCase() === wanted));
  if (found !== undefined) return found;
  const missing = `${file} holds no layer ${asked}; it has ${list}.`;
  throw new AppError('validation', missing, { layers: layers.map(labelOf) });
}
