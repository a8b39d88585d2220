import latinExtUrl from '@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2?url';
import latinUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import greekUrl from '@fontsource-variable/inter/files/inter-greek-wght-normal.woff2?url';
import cyrillicUrl from '@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2?url';
import vietnameseUrl from '@fontsource-variable/inter/files/inter-vietnamese-wght-normal.woff2?url';

interface FontPart {
  readonly url: string;
  readonly unicodeRange: string;
  /** Loaded before the first label is drawn; the others when a name needs them. */
  readonly isEager: boolean;
}

const parts: readonly FontPart[] = [
  {
    url: latinUrl,
    unicodeRange:
      'U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD',
    isEager: true,
  },
  {
    url: latinExtUrl,
    unicodeRange:
      'U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2C60-2C7F, U+A720-A7FF',
    isEager: true,
  },
  {
    url: vietnameseUrl,
    unicodeRange: 'U+0300-0301, U+0303-0304, U+0308-0309, U+0323, U+0329, U+1EA0-1EF9, U+20AB',
    isEager: false,
  },
  { url: greekUrl, unicodeRange: 'U+0370-03FF', isEager: false },
  {
    url: cyrillicUrl,
    unicodeRange: 'U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116',
    isEager: false,
  },
];

/**
 * Families of the map's labels. MapLibre reads the weight of a local font off its name, which a
 * variable font's own name does not say, hence one family a weight, all from the same files.
 */
const families = ['Catchment Map Medium', 'Catchment Map Semibold'];

let loading: Promise<void> | undefined;

/**
 * Registers the label fonts with the page and waits for those of Latin names: a label drawn
 * before would keep the fallback font. Resolves even if a file fails; labels then fall back.
 */
export function loadLabelFonts(): Promise<void> {
  loading ??= registerAll();
  return loading;
}

async function registerAll(): Promise<void> {
  const faces = families.flatMap((family) =>
    parts.map(({ url, unicodeRange, isEager }) => ({
      face: new FontFace(family, `url(${url}) format('woff2')`, {
        unicodeRange,
        weight: '100 900',
      }),
      isEager,
    })),
  );
  for (const { face } of faces) document.fonts.add(face);
  await Promise.allSettled(faces.filter(({ isEager }) => isEager).map(({ face }) => face.load()));
}
