import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import { seesImports, type Role } from '../lib/roles.js';
import type { Screen } from '../state/url-state.js';
import type { IconName } from '../ui/icons.js';

/** A screen of the application: its place in the rail, who sees it, and how it is loaded. */
export interface ScreenEntry {
  readonly id: Screen;
  readonly icon: IconName;
  readonly title: () => string;
  readonly isFor: (role: Role) => boolean;
  readonly load: () => Promise<unknown>;
  readonly render: () => TemplateResult;
}

/**
 * Fetches the map beside the screen that shows it, not after it: it is the largest part of the code. Where
 * that fails, the screen says so.
 */
function withMap(screen: Promise<unknown>): Promise<unknown> {
  import('../map/ct-map.js').catch(() => undefined);
  return screen;
}

/** All screens in the order of the rail. */
export const screenEntries: readonly ScreenEntry[] = [
  {
    id: 'explore',
    icon: 'map',
    title: () => msg('Explore'),
    isFor: () => true,
    load: () => withMap(import('../features/explore/ct-explore.js')),
    render: () => html`<ct-explore></ct-explore>`,
  },
  {
    id: 'accounts',
    icon: 'users',
    title: () => msg('Accounts'),
    isFor: () => true,
    load: () => import('../features/accounts/ct-accounts.js'),
    render: () => html`<ct-accounts></ct-accounts>`,
  },
  {
    id: 'review',
    icon: 'map-pin',
    title: () => msg('Places to check'),
    isFor: () => true,
    load: () => withMap(import('../features/review/ct-review.js')),
    render: () => html`<ct-review></ct-review>`,
  },
  {
    id: 'imports',
    icon: 'imports',
    title: () => msg('Imports'),
    isFor: seesImports,
    load: () => import('../features/imports/ct-imports.js'),
    render: () => html`<ct-imports></ct-imports>`,
  },
  {
    id: 'settings',
    icon: 'settings',
    title: () => msg('Settings'),
    isFor: () => true,
    load: () => import('../features/settings/ct-settings.js'),
    render: () => html`<ct-settings></ct-settings>`,
  },
];
