/** What the figures beside the map and the months below it say. */
export const insight: Readonly<Record<string, string>> = {
  By: 'Par',
  'No accounts in this slice.': 'Aucun compte dans cette tranche.',
  'No sales in this slice.': 'Aucune vente dans cette tranche.',
  'Show {0} more': 'En afficher {0} de plus',
  'Made up of': 'Composé de',
  Trend: 'Évolution',
  'Whole year': 'Année entière',
  Year: 'Année',
  '{0} by month, years compared': '{0} par mois, années comparées',
  'A month earlier': 'Un mois plus tôt',
  'A month later': 'Un mois plus tard',
  'Play month by month': 'Lire mois par mois',
  Stop: 'Arrêter',
  '{0} accounts in one place': '{0} comptes à un seul endroit',
};
