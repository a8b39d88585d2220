import { msg, str } from '@lit/localize';
import { classRange } from '../../i18n/class-range.js';
import { displayMeasureName } from '../../i18n/display-words.js';
import { layerName, measureName } from '../../i18n/words.js';
import { formatCount, formatFigure, formatShort, type FigureFormat } from '../../lib/format.js';
import type { AccountPicture, LayerId, MapPrint } from '../../map/contract.js';
import { missingKey } from '../../map/choropleth.js';
import { layerOf } from '../../map/layer-state.js';
import { cellLegend, choroplethLegend, legendFor, type SwatchShape } from '../../map/legend.js';
import { pictureClassName } from '../../map/point-legend.js';
import { choroplethOf } from '../../state/choropleth.js';
import { explore } from '../../state/explore.js';
import { appLocation } from '../../state/location.js';
import { figureFormat } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { sessionStore } from '../../state/session.js';
import type { SheetLegend, SheetLegendItem } from './sheet-content.js';

/** Layers whose legend is a list of categories, in the order of the panel. */
const categoryLayers: readonly LayerId[] = [
  'buildings',
  'roads',
  'business_zones',
  'places',
  'land_cover',
];

/** What the map has drawn, as far as its legend depends on it. */
export type DrawnMap = Pick<MapPrint, 'accounts' | 'mode'> & { readonly zoom: number };

/** The legends of the layers that a map shows at its zoom, in the light theme of paper. */
export function composeLegends(drawn: DrawnMap): readonly SheetLegend[] {
  const legends = [
    isShown('regions') ? regionLegend() : null,
    isShown('accounts') ? accountLegend(drawn) : null,
    ...categoryLayers.map((id) => (hasShapes(id, drawn.zoom) ? categoryLegend(id) : null)),
  ];
  return legends.filter((legend) => legend !== null);
}

function isShown(id: LayerId): boolean {
  return appLocation.state.layers.some(
    (layer) => layer.id === id && layer.visible && layer.opacity > 0,
  );
}

/** Whether a layer is shown, holds anything and begins at this zoom or before. */
function hasShapes(id: LayerId, zoom: number): boolean {
  const layer = explore.catalog.value?.layers.find((entry) => entry.id === id);
  return isShown(id) && layer !== undefined && layer.count !== 0 && layer.minzoom <= zoom;
}

function regionLegend(): SheetLegend | null {
  const figures = explore.figures.value;
  const { classes: settings, layers } = appLocation.state;
  const { hidden } = layerOf(layers, 'regions');
  const choropleth = choroplethOf(figures, explore.view.value, { classes: settings, hidden });
  if (!figures || !choropleth) return null;
  const { measure } = figures.input;
  const format = figureFormat(measure);
  const { classes, missing, missingColour } = choroplethLegend(choropleth, 'light');
  const shown = classes.filter(({ key }) => !hidden.includes(key));
  const items = shown.map(({ colour, from, to, count }) =>
    item(
      classRange(from, to, (value) => formatFigure(value, format)),
      [colour],
      { count },
    ),
  );
  const none = item(msg('No data'), [missingColour], { shape: 'hatch', count: missing });
  return {
    heading: measureName(measure.name, measure.title),
    items: missing > 0 && !hidden.includes(missingKey) ? [...items, none] : items,
  };
}

function accountLegend({ accounts, mode }: DrawnMap): SheetLegend {
  const heading = msg('Accounts');
  if (accounts === null || accounts.mode === 'auto') {
    return { heading, items: mode === 'cells' ? cellItems() : categoryLegend('accounts').items };
  }
  const { measure } = appLocation.state.accountDisplay;
  const name = displayMeasureName(measure);
  switch (accounts.mode) {
    case 'points':
      return { heading, items: classItems(accounts) };
    case 'size': {
      const value = formatShort(accounts.top, money());
      const largest = msg(str`Revenue, largest from ${value}`);
      const colour = accounts.classes[0]?.colour ?? '';
      return {
        heading,
        items: [...classItems(accounts), item(largest, [colour], { shape: 'dot' })],
      };
    }
    case 'clusters': {
      const [size] = cellLegend('circles', 'count', 'light').colours;
      return { heading, items: [item(`${msg('Size')}: ${name}`, [size ?? ''], { shape: 'dot' })] };
    }
    default:
      return { heading: name, items: [rampItem(accounts)] };
  }
}

function classItems({ classes, category }: AccountPicture): SheetLegendItem[] {
  return classes.map((entry) =>
    item(pictureClassName(entry, category), [entry.colour], { shape: 'dot', count: entry.count }),
  );
}

function rampItem({ mode, ramp, top }: AccountPicture): SheetLegendItem {
  const { measure } = appLocation.state.accountDisplay;
  const figure =
    measure === 'count' ? formatCount(top ?? 0, preferences.language) : formatShort(top, money());
  return item(mode === 'heat' ? msg(str`0 to ${figure} per km²`) : `0 – ${figure}+`, ramp);
}

function cellItems(): SheetLegendItem[] {
  const { colours, size, shade } = cellLegend(
    isShown('regions') ? 'circles' : 'hexagons',
    appLocation.state.measure.startsWith('accounts.') ? 'count' : 'revenue',
    'light',
  );
  return [
    ...(size === null ? [] : [item(`${msg('Size')}: ${size}`, colours, { shape: 'dot' })]),
    ...(shade === null ? [] : [item(`${msg('Shade')}: ${shade}`, colours)]),
  ];
}

function categoryLegend(id: LayerId): SheetLegend {
  const { roadColour, layers } = appLocation.state;
  const { hidden } = layerOf(layers, id);
  const entries = legendFor(id, 'light', roadColour).filter(({ key }) => !hidden.includes(key));
  return {
    heading: layerName(id),
    items: entries.map(({ label, colour, shape }) => item(label, [colour], { shape })),
  };
}

function item(
  label: string,
  colours: readonly string[],
  { shape = 'fill', count }: { readonly shape?: SwatchShape; readonly count?: number } = {},
): SheetLegendItem {
  const text = count === undefined ? null : formatCount(count, preferences.language);
  return { label, colours, shape, count: text };
}

function money(): FigureFormat {
  const { currency } = sessionStore.current.project;
  return { kind: 'currency', currency, locale: preferences.language };
}
