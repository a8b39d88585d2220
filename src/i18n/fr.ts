import { common } from './fr/common.js';

/** French by the English sentence: what each subject says is a file in `fr/`. */
export const fr: Readonly<Record<string, string>> = {
  ...common,
};
