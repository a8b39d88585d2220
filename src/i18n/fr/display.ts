/** What the ways to show accounts on the map are called. */
export const display: Readonly<Record<string, string>> = {
  Automatic: 'Automatique',
  Points: 'Points',
  Value: 'Valeur',
  Clusters: 'Groupes',
  Heat: 'Chaleur',
  Hexagons: 'Hexagones',
  Columns: 'Colonnes',
  'Cells that become points as you zoom in':
    'Des cellules qui deviennent des points quand vous zoomez',
  'Each account as a point in the colour of its category':
    'Chaque compte comme un point de la couleur de sa catégorie',
  'Each account as a circle as large as its revenue':
    'Chaque compte comme un cercle aussi grand que son chiffre d’affaires',
  'Neighbours gathered, with their exact number or revenue':
    'Les voisins regroupés, avec leur nombre ou chiffre d’affaires exact',
  'Where accounts or revenue lie close together':
    'Où les comptes ou le chiffre d’affaires sont denses',
  'Cells shaded by what they hold': 'Des cellules nuancées selon leur contenu',
  'Cells as columns as high as what they hold':
    'Des cellules en colonnes aussi hautes que leur contenu',
  'Mean revenue': 'Chiffre d’affaires moyen',
  'Show accounts as': 'Afficher les comptes en',
  Colour: 'Couleur',
  'All others': 'Tous les autres',
  'Revenue, largest from {0}': 'Chiffre d’affaires, le plus grand à partir de {0}',
  '{0} accounts are too many to draw one by one: the map shows cells instead.':
    '{0} comptes, c’est trop pour les dessiner un à un : la carte montre des cellules.',
  '{0} accounts in {1} clusters': '{0} comptes dans {1} groupes',
  Mean: 'Moyenne',
};
