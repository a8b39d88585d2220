import { common } from './fr/common.js';
import { frame } from './fr/frame.js';

/** French by the English sentence: what each subject says is a file in `fr/`. */
export const fr: Readonly<Record<string, string>> = {
  ...common,
  ...frame,
};
