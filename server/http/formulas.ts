/** What makes a spreadsheet take a cell for a formula or a command, in every width that it is written in. */
const signs = new Set(['=', '+', '-', '@', '|', '%']);

// Spreadsheets skip leading blanks, control characters and what cannot be seen before they look at a cell.
const unseen = /^[\s\p{C}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]+/u;
const controlStart = /^[\t\r\n]/;

/** How nearly all text begins; what follows is then of no matter. */
const harmlessStart = /^[A-Za-z0-9]/;

/** Whether a spreadsheet could run the text of a cell. */
export function couldBeFormula(text: string): boolean {
  if (text === '' || harmlessStart.test(text)) return false;
  if (controlStart.test(text)) return true;
  const [first] = text.replace(unseen, '').slice(0, 2).normalize('NFKC');
  return first !== undefined && signs.has(first);
}

/** The text as no spreadsheet runs it: with an apostrophe in front where it could be a formula. */
export function neutraliseText(text: string): string {
  return couldBeFormula(text) ? `'${text}` : text;
}

const anySeparator = /[;\t\r\n]/;
const separators = /([;\t\r\n]+)([^;\t\r\n]+)/g;

/**
 * The text of a cell in a CSV file. Where the list separator of the computer is a semicolon or a tab, a
 * spreadsheet cuts a cell there, whatever its quotes: so what follows a separator or a line break within the text
 * is neutralised as well.
 */
export function neutraliseCsvText(text: string): string {
  if (!anySeparator.test(text)) return neutraliseText(text);
  const inside = text.replace(separators, (_, separator: string, rest: string) => {
    return `${separator}${neutraliseText(rest)}`;
  });
  return neutraliseText(inside);
}
