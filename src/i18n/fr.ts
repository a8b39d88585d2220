import { accounts } from './fr/accounts.js';
import { classes } from './fr/classes.js';
import { common } from './fr/common.js';
import { display } from './fr/display.js';
import { frame } from './fr/frame.js';
import { insight } from './fr/insight.js';
import { selection } from './fr/selection.js';
import { imports } from './fr/imports.js';
import { mapExport } from './fr/map-export.js';

/** French by the English sentence: what each subject says is a file in `fr/`. */
export const fr: Readonly<Record<string, string>> = {
  ...accounts,
  ...classes,
  ...common,
  ...display,
  ...frame,
  ...insight,
  ...selection,
  ...imports,
  ...mapExport,
};
