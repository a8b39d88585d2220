/** What the ways to show accounts on the map are called. */
export const display: Readonly<Record<string, string>> = {
  Automatic: 'Automatisch',
  Points: 'Punten',
  Value: 'Waarde',
  Clusters: 'Clusters',
  Heat: 'Dichtheid',
  Hexagons: 'Zeshoeken',
  Columns: 'Kolommen',
  'Cells that become points as you zoom in': 'Cellen die punten worden als u inzoomt',
  'Each account as a point in the colour of its category':
    'Elke relatie als punt in de kleur van haar categorie',
  'Each account as a circle as large as its revenue':
    'Elke relatie als cirkel zo groot als haar omzet',
  'Neighbours gathered, with their exact number or revenue':
    'Buren samengenomen, met hun exacte aantal of omzet',
  'Where accounts or revenue lie close together': 'Waar relaties of omzet dicht bijeen liggen',
  'Cells shaded by what they hold': 'Cellen getint naar wat ze bevatten',
  'Cells as columns as high as what they hold': 'Cellen als kolommen zo hoog als wat ze bevatten',
  'Mean revenue': 'Gemiddelde omzet',
  'Show accounts as': 'Relaties tonen als',
  Colour: 'Kleur',
  'All others': 'Alle andere',
  'Revenue, largest from {0}': 'Omzet, grootste vanaf {0}',
  '{0} accounts are too many to draw one by one: the map shows cells instead.':
    '{0} relaties zijn te veel om één voor één te tekenen: de kaart toont cellen.',
  '{0} accounts in {1} clusters': '{0} relaties in {1} clusters',
  Mean: 'Gemiddeld',
};
