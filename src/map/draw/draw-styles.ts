import { css } from 'lit';

/** Sketches, outlines and handles over the map. */
export const drawStyles = css`
  .draw {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    overflow: hidden;
    pointer-events: none;
  }
  .draw .halo {
    fill: none;
    stroke: var(--land, #f5f3ee);
    stroke-width: 5;
    stroke-opacity: 0.75;
    stroke-linejoin: round;
  }
  .draw .outline,
  .draw .sketch {
    fill: var(--accent, #0f766e);
    fill-opacity: 0.1;
    fill-rule: evenodd;
    stroke: var(--accent, #0f766e);
    stroke-width: 2;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .draw .sketch {
    stroke-dasharray: 6 4;
  }
  .draw .sketch.open {
    fill: none;
  }
  .draw .edited {
    fill: none;
    stroke: var(--accent, #0f766e);
    stroke-width: 1.5;
    stroke-dasharray: 4 3;
  }
  .draw .corner {
    fill: var(--panel-solid, #fff);
    stroke: var(--accent, #0f766e);
    stroke-width: 2;
  }
  .draw .handle {
    pointer-events: all;
    cursor: move;
    outline: none;
    touch-action: none;
  }
  .draw .handle .grip {
    fill: transparent;
  }
  .draw .handle.middle .corner {
    fill-opacity: 0.7;
    stroke-opacity: 0.6;
  }
  .draw .handle:hover .corner,
  .draw .handle:focus-visible .corner {
    fill: var(--accent, #0f766e);
    fill-opacity: 1;
  }
  .draw .handle:focus-visible .grip {
    stroke: var(--accent, #0f766e);
    stroke-width: 2;
  }
  .draw text {
    fill: var(--ink, #1c2427);
    stroke: var(--panel-solid, #fff);
    stroke-width: 4;
    paint-order: stroke;
    font: 600 13px/16px var(--font, 'Inter Variable', system-ui, sans-serif);
    font-variant-numeric: tabular-nums;
  }
`;
