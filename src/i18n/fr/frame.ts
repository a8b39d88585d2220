/** What the shell, saved views, palette and tour say. */
export const frame: Readonly<Record<string, string>> = {
  Team: 'Équipe',
  none: 'aucune',
  'Accounts, housing types, roads and business zones: show, hide and colour each, with exact counts.':
    'Comptes, types d’habitat, routes et zones d’activité : affichez, masquez et colorez-les, avec des nombres exacts.',
  'Bring in your data': 'Importez vos données',
  'Click a region to go into it': 'Cliquez sur une région pour y entrer',
  Commands: 'Commandes',
  Contrast: 'Contraste',
  'Ctrl-K opens a box that goes anywhere and does anything.':
    'Ctrl-K ouvre une boîte qui mène partout et fait tout.',
  'Customers, regions, roads and more, from the formats you have. Each import says what it could not take, and why.':
    'Clients, régions, routes et plus, dans les formats que vous avez. Chaque import dit ce qu’il n’a pas pu prendre, et pourquoi.',
  'Drag over the months to look at a period.': 'Faites glisser sur les mois pour voir une période.',
  End: 'Arrêter',
  'Every point is an account': 'Chaque point est un compte',
  'Everyone with access': 'Toutes les personnes ayant accès',
  'Everything from the keyboard': 'Tout depuis le clavier',
  'Figures of the region': 'Chiffres de la région',
  'Find anything': 'Trouvez tout',
  'Go to a place, region or account, or do something…':
    'Aller à un lieu, une région ou un compte, ou faire quelque chose…',
  'Go to': 'Aller à',
  'Hide {0}': 'Masquer : {0}',
  'High contrast': 'Contraste élevé',
  High: 'Élevé',
  'Its parts take the colours, and all figures become those of the region. The path above the figures leads back up.':
    'Ses parties prennent les couleurs, et tous les chiffres deviennent ceux de la région. Le chemin au-dessus des chiffres ramène en haut.',
  'Keep a view': 'Gardez une vue',
  'Language: {0}': 'Langue : {0}',
  'Let people in': 'Faites entrer les gens',
  'Measure, period and filters: map, figures and table follow each of them together.':
    'Mesure, période et filtres : carte, chiffres et tableau les suivent ensemble.',
  'My team': 'Mon équipe',
  'Names, streets, postcodes and regions; spelling mistakes are forgiven.':
    'Noms, rues, codes postaux et régions ; les fautes de frappe sont pardonnées.',
  'New here?': 'Première visite ?',
  Next: 'Suivant',
  'No views yet. A view keeps region, period, filters, layers and map under a name.':
    'Pas encore de vues. Une vue garde région, période, filtres, couches et carte sous un nom.',
  'Normal contrast': 'Contraste normal',
  Normal: 'Normal',
  'Not now': 'Pas maintenant',
  'Nothing found. Try other words.': 'Rien trouvé. Essayez d’autres mots.',
  'Only me': 'Moi seulement',
  'Places and accounts': 'Lieux et comptes',
  'Remove {0}': 'Supprimer {0}',
  'Removed: {0}': 'Supprimé : {0}',
  'Replace by what is shown now': 'Remplacer par ce qui est affiché',
  'Replace {0} by what is shown now': 'Remplacer {0} par ce qui est affiché',
  'Roles and regions decide who sees which accounts, in every table, map and export.':
    'Rôles et régions décident qui voit quels comptes, dans chaque tableau, carte et export.',
  'Save this view as': 'Enregistrer cette vue sous',
  'Save what you see under a name, and share it with your team. The address in the browser can be shared as well.':
    'Enregistrez ce que vous voyez sous un nom et partagez-le avec votre équipe. L’adresse du navigateur se partage aussi.',
  'Saved views': 'Vues enregistrées',
  'Saved: {0}': 'Enregistré : {0}',
  'Say what to see': 'Dites ce que vous voulez voir',
  'See in under a minute what Catchment does for you.':
    'Voyez en moins d’une minute ce que Catchment fait pour vous.',
  'Show me around': 'Faites-moi visiter',
  'Show {0}': 'Afficher : {0}',
  'Shows your position on the map, so that you see which leads are nearby.':
    'Montre votre position sur la carte, pour voir quels prospects sont proches.',
  Time: 'Temps',
  'Totals with the change to the period before, and the parts ranked. What could not be placed has a row of its own.':
    'Totaux avec l’évolution par rapport à la période précédente, et les parties classées. Ce qui n’a pu être placé a sa propre ligne.',
  Tour: 'Visite',
  Views: 'Vues',
  'Where you are': 'Où vous êtes',
  'Who may open it': 'Qui peut l’ouvrir',
  'Who may open {0}': 'Qui peut ouvrir {0}',
  'Zoom in until cells become points, and click one to see who it is and what surrounds it.':
    'Zoomez jusqu’à ce que les cellules deviennent des points, et cliquez sur l’un d’eux pour voir qui c’est et ce qui l’entoure.',
  '{0} of {1}': '{0} sur {1}',
};
