/** Bytes of Windows-1252 for the characters that Latin-1 lacks, as far as texts here need them. */
const extras: Readonly<Record<string, number>> = {
  '€': 0x80,
  '…': 0x85,
  Š: 0x8a,
  Œ: 0x8c,
  Ž: 0x8e,
  '‘': 0x91,
  '’': 0x92,
  '“': 0x93,
  '”': 0x94,
  '•': 0x95,
  '–': 0x96,
  '—': 0x97,
  š: 0x9a,
  œ: 0x9c,
  ž: 0x9e,
  Ÿ: 0x9f,
};

/** Characters that stand for others of the same look: narrow spaces and the true minus. */
const twins: Readonly<Record<string, string>> = {
  '\u202f': '\u00a0',
  '\u2009': '\u00a0',
  '\u2212': '-',
};

/** A text in the bytes of Helvetica's encoding; null where it has letters that the font lacks. */
export function winAnsi(text: string): string | null {
  let bytes = '';
  for (const written of text) {
    const character = twins[written] ?? written;
    const code = character.charCodeAt(0);
    const isLatin = (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff);
    const byte = isLatin ? code : extras[character];
    if (byte === undefined) return null;
    bytes += String.fromCharCode(byte);
  }
  return bytes;
}

/** A string operand, with what would end it escaped. */
export function pdfString(bytes: string): string {
  return `(${bytes.replace(/[\\()]/g, '\\$&')})`;
}

/** Width in Helvetica of a figure: digits 0.556 em; points, commas and spaces half of that. */
export function figureWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += /[0-9]/.test(character) ? 0.556 : 0.278;
  return width * size;
}
