/** What the shell, saved views, palette and tour say. */
export const frame: Readonly<Record<string, string>> = {
  Team: 'Team',
  none: 'geen',
  'Accounts, housing types, roads and business zones: show, hide and colour each, with exact counts.':
    'Relaties, woningtypen, wegen en bedrijventerreinen: toon, verberg en kleur ze, met exacte aantallen.',
  'Bring in your data': 'Breng uw gegevens binnen',
  'Click a region to go into it': 'Klik op een gebied om erin te gaan',
  Commands: 'Opdrachten',
  Contrast: 'Contrast',
  'Ctrl-K opens a box that goes anywhere and does anything.':
    'Ctrl-K opent een vak dat overal heen gaat en alles doet.',
  'Customers, regions, roads and more, from the formats you have. Each import says what it could not take, and why.':
    'Klanten, gebieden, wegen en meer, uit de formaten die u hebt. Elke import zegt wat niet kon, en waarom.',
  'Drag over the months to look at a period.': 'Sleep over de maanden om een periode te bekijken.',
  End: 'Stoppen',
  'Every point is an account': 'Elk punt is een relatie',
  'Everyone with access': 'Iedereen met toegang',
  'Everything from the keyboard': 'Alles vanaf het toetsenbord',
  'Figures of the region': 'Cijfers van het gebied',
  'Find anything': 'Vind alles',
  'Go to a place, region or account, or do something…':
    'Ga naar een plaats, gebied of relatie, of doe iets…',
  'Go to': 'Ga naar',
  'Hide {0}': '{0} verbergen',
  'High contrast': 'Hoog contrast',
  High: 'Hoog',
  'Its parts take the colours, and all figures become those of the region. The path above the figures leads back up.':
    'De delen krijgen de kleuren, en alle cijfers worden die van het gebied. Het pad boven de cijfers leidt terug omhoog.',
  'Keep a view': 'Bewaar een weergave',
  'Language: {0}': 'Taal: {0}',
  'Let people in': 'Laat mensen toe',
  'Measure, period and filters: map, figures and table follow each of them together.':
    'Maat, periode en filters: kaart, cijfers en tabel volgen ze samen.',
  'My team': 'Mijn team',
  'Names, streets, postcodes and regions; spelling mistakes are forgiven.':
    'Namen, straten, postcodes en gebieden; spelfouten zijn geen bezwaar.',
  'New here?': 'Nieuw hier?',
  Next: 'Volgende',
  'No views yet. A view keeps region, period, filters, layers and map under a name.':
    'Nog geen weergaven. Een weergave bewaart gebied, periode, filters, lagen en kaart onder een naam.',
  'Normal contrast': 'Gewoon contrast',
  Normal: 'Gewoon',
  'Not now': 'Nu niet',
  'Nothing found. Try other words.': 'Niets gevonden. Probeer andere woorden.',
  'Only me': 'Alleen ik',
  'Places and accounts': 'Plaatsen en relaties',
  'Remove {0}': '{0} verwijderen',
  'Removed: {0}': 'Verwijderd: {0}',
  'Replace by what is shown now': 'Vervangen door wat nu te zien is',
  'Replace {0} by what is shown now': '{0} vervangen door wat nu te zien is',
  'Roles and regions decide who sees which accounts, in every table, map and export.':
    'Rollen en gebieden bepalen wie welke relaties ziet, in elke tabel, kaart en export.',
  'Save this view as': 'Deze weergave bewaren als',
  'Save what you see under a name, and share it with your team. The address in the browser can be shared as well.':
    'Bewaar wat u ziet onder een naam en deel het met uw team. Ook het adres in de browser kunt u delen.',
  'Saved views': 'Bewaarde weergaven',
  'Saved: {0}': 'Bewaard: {0}',
  'Say what to see': 'Zeg wat u wilt zien',
  'See in under a minute what Catchment does for you.':
    'Zie in minder dan een minuut wat Catchment voor u doet.',
  'Show me around': 'Leid mij rond',
  'Show {0}': '{0} tonen',
  'Shows your position on the map, so that you see which leads are nearby.':
    'Toont waar u bent op de kaart, zodat u ziet welke leads dichtbij zijn.',
  Time: 'Tijd',
  'Totals with the change to the period before, and the parts ranked. What could not be placed has a row of its own.':
    'Totalen met de verandering ten opzichte van de vorige periode, en de delen op volgorde. Wat niet te plaatsen was, heeft een eigen rij.',
  Tour: 'Rondleiding',
  Views: 'Weergaven',
  'Where you are': 'Waar u bent',
  'Who may open it': 'Wie mag hem openen',
  'Who may open {0}': 'Wie mag {0} openen',
  'Zoom in until cells become points, and click one to see who it is and what surrounds it.':
    'Zoom in tot cellen punten worden en klik er een aan om te zien wie het is en wat eromheen ligt.',
  '{0} of {1}': '{0} van {1}',
};
