/** What the figures beside the map and the months below it say. */
export const insight: Readonly<Record<string, string>> = {
  By: 'Naar',
  'No accounts in this slice.': 'Geen relaties in deze doorsnede.',
  'No sales in this slice.': 'Geen verkopen in deze doorsnede.',
  'Show {0} more': 'Nog {0} tonen',
  'Made up of': 'Opgebouwd uit',
  Trend: 'Verloop',
  'Whole year': 'Heel het jaar',
  Year: 'Jaar',
  '{0} by month, years compared': '{0} per maand, jaren vergeleken',
  'A month earlier': 'Een maand eerder',
  'A month later': 'Een maand later',
  'Play month by month': 'Maand voor maand afspelen',
  Stop: 'Stoppen',
  '{0} accounts in one place': '{0} relaties op één plek',
};
