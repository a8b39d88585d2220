import type { Layer } from '@deck.gl/core';
import { ScatterplotLayer, TextLayer } from '@deck.gl/layers';
import type { AccountMark } from '../account-drawing.js';
import { cellRamps, palettes, toRgba, type Theme } from '../palette.js';

/** A cluster as drawn: a place, what it holds and how large it is. */
export type ClusterMark = AccountMark;

interface ClusterLayers {
  readonly clusters: readonly ClusterMark[];
  readonly theme: Theme;
  readonly opacity: number;
  readonly labelOf: (cluster: ClusterMark) => string;
}

const smallestRadius = 11;
const largestRadius = 29;

/** Radius in pixels of a cluster by the share of the largest, 0 to 1: two neighbours do not overlap. */
export function clusterRadius(share: number): number {
  return smallestRadius + (largestRadius - smallestRadius) * Math.sqrt(Math.min(1, share));
}

/** Clusters as circles with their figure, and single accounts among them as dots. */
export function clusterLayers(state: ClusterLayers): Layer[] {
  const { clusters, theme, opacity, labelOf } = state;
  const fill = toRgba(cellRamps[theme][3] as string, 0.92);
  const text = theme === 'light' ? palettes.light.cellText : palettes.dark.cellText;
  return [
    new ScatterplotLayer<ClusterMark>({
      id: 'accounts-clusters',
      data: clusters as ClusterMark[],
      getPosition: ({ lon, lat }) => [lon, lat],
      radiusUnits: 'pixels',
      getRadius: ({ radiusPixels }) => radiusPixels,
      getFillColor: fill,
      stroked: true,
      getLineColor: toRgba(palettes[theme].pointRing, 0.9),
      lineWidthUnits: 'pixels',
      getLineWidth: 1.5,
      opacity,
      parameters: { depthCompare: 'always' },
    }),
    new TextLayer<ClusterMark>({
      id: 'accounts-cluster-figures',
      data: clusters.filter(({ count }) => count > 1),
      getPosition: ({ lon, lat }) => [lon, lat],
      getText: labelOf,
      getSize: ({ radiusPixels }) => Math.min(13, 9 + radiusPixels / 8),
      getColor: toRgba(text),
      fontFamily: 'Catchment Map Semibold, Inter Variable, sans-serif',
      fontWeight: 600,
      fontSettings: { fontSize: 48, buffer: 6 },
      characterSet: 'auto',
      opacity,
      updateTriggers: { getText: labelOf },
      parameters: { depthCompare: 'always' },
    }),
  ];
}
