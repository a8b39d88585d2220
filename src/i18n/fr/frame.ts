/** What the shell, saved views, palette and tour say. */
export const frame: Readonly<Record<string, string>> = {
  Team: 'Équipe',
  none: 'aucune',
};
