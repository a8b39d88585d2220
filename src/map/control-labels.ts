import { msg } from '@lit/localize';

/** Gives MapLibre's buttons and canvas their names in the present language. */
export function labelControls(root: ParentNode): void {
  const labels: Readonly<Record<string, string>> = {
    '.maplibregl-canvas': msg('Map. Arrow keys move it, plus and minus zoom.'),
    '.maplibregl-ctrl-zoom-in': msg('Zoom in'),
    '.maplibregl-ctrl-zoom-out': msg('Zoom out'),
    '.maplibregl-ctrl-compass': msg('Turn north up'),
    '.maplibregl-ctrl-geolocate': msg('Show where I am'),
  };
  for (const [selector, label] of Object.entries(labels)) {
    const element = root.querySelector<HTMLElement>(selector);
    element?.setAttribute('aria-label', label);
    if (element?.tagName === 'BUTTON') element.title = label;
  }
}
