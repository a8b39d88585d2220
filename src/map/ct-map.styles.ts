import { css, unsafeCSS } from 'lit';
import mapLibreCss from 'maplibre-gl/dist/maplibre-gl.css?inline';

/** MapLibre's own rules (they must live in the shadow root) and ours in the look of the product. */
export const mapStyles = [
  unsafeCSS(mapLibreCss),
  css`
    :host {
      display: block;
      position: relative;
      overflow: hidden;
      background: var(--land, #f5f3ee);
      contain: strict;
    }

    .map {
      position: absolute;
      inset: 0;
      font: 12px/16px var(--font, 'Inter Variable', system-ui, sans-serif);
    }

    .maplibregl-canvas:focus-visible {
      outline: 2px solid var(--accent, #0f766e);
      outline-offset: -3px;
    }

    .maplibregl-ctrl-bottom-right {
      right: var(--map-right, 0);
      bottom: var(--map-bottom, 0);
      transition:
        right var(--slow, 180ms) ease-out,
        bottom var(--slow, 180ms) ease-out;
    }

    .maplibregl-ctrl-group {
      background: var(--panel-solid, #fff);
      border-radius: 8px;
      box-shadow: var(--shadow, 0 1px 4px rgb(0 0 0 / 20%));
    }

    .maplibregl-ctrl-group button {
      width: 32px;
      height: 32px;
    }

    .maplibregl-ctrl-group button + button {
      border-top-color: var(--line, #e3e0d8);
    }

    .maplibregl-ctrl-group button:focus-visible {
      box-shadow: inset 0 0 0 2px var(--accent, #0f766e);
    }

    .dark .maplibregl-ctrl-group .maplibregl-ctrl-icon {
      filter: invert(1) hue-rotate(180deg) brightness(1.1);
    }

    .maplibregl-ctrl-scale {
      background: none;
      border: 1.5px solid var(--ink-2, #5b676b);
      border-top: 0;
      color: var(--ink-2, #5b676b);
      font-size: 11px;
      line-height: 12px;
      padding: 0 4px;
      text-shadow: 0 0 3px var(--land, #f5f3ee);
    }

    .maplibregl-ctrl-attrib,
    .maplibregl-ctrl-attrib.maplibregl-compact {
      background: none;
      color: var(--ink-2, #5b676b);
      font-size: 11px;
      line-height: 14px;
    }

    .maplibregl-ctrl-attrib.maplibregl-compact-show {
      background: var(--panel, #fff);
    }

    .maplibregl-ctrl-attrib-button {
      background-color: var(--panel, #fff);
    }

    .dark .maplibregl-ctrl-attrib-button {
      background-color: #fff;
      filter: invert(1);
      opacity: 0.7;
    }

    .maplibregl-ctrl-attrib:not(:has(.maplibregl-ctrl-attrib-inner:not(:empty))) {
      display: none;
    }

    .maplibregl-ctrl-attrib a {
      color: inherit;
    }

    .card {
      position: absolute;
      z-index: 2;
      max-width: 240px;
      padding: 6px 10px;
      border-radius: 8px;
      background: var(--panel-solid, #fff);
      color: var(--ink, #1c2427);
      box-shadow: var(--shadow, 0 1px 4px rgb(0 0 0 / 20%));
      font: 12px/16px var(--font, 'Inter Variable', system-ui, sans-serif);
      font-variant-numeric: tabular-nums;
      pointer-events: none;
    }

    .card strong {
      display: block;
      font-weight: 600;
    }

    .card span {
      display: block;
      color: var(--ink-2, #5b676b);
    }

    .glow {
      width: 22px;
      height: 22px;
      border: 3px solid var(--accent, #0f766e);
      border-radius: 50%;
      background: rgb(255 255 255 / 35%);
      box-shadow: 0 0 0 3px rgb(255 255 255 / 70%);
      pointer-events: none;
    }

    @media (pointer: coarse), (max-width: 760px) {
      .maplibregl-ctrl-group button {
        width: 44px;
        height: 44px;
      }

      .maplibregl-ctrl-zoom-in,
      .maplibregl-ctrl-zoom-out,
      .maplibregl-ctrl-scale {
        display: none !important;
      }
    }

    @media (prefers-reduced-motion: reduce) {
      .maplibregl-ctrl-bottom-right {
        transition: none;
      }
    }
  `,
];
