import { accounts } from './nl/accounts.js';
import { classes } from './nl/classes.js';
import { common } from './nl/common.js';
import { display } from './nl/display.js';
import { frame } from './nl/frame.js';
import { insight } from './nl/insight.js';
import { selection } from './nl/selection.js';
import { imports } from './nl/imports.js';
import { mapExport } from './nl/map-export.js';

/** Dutch by the English sentence: what each subject says is a file in `nl/`. */
export const nl: Readonly<Record<string, string>> = {
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
