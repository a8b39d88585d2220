import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('window', { matchMedia: () => ({ matches: false, addEventListener: () => {} }) });
const { commandsFor, matchingCommands } = await import('../../../src/features/palette/commands.js');
const { defaultState } = await import('../../../src/state/url-state.js');

const navigate = vi.fn();
const open = vi.fn();
const commands = commandsFor({
  screens: [
    { id: 'explore', icon: 'map', title: 'Explore' },
    { id: 'imports', icon: 'imports', title: 'Imports' },
  ],
  state: defaultState,
  measures: [],
  views: [
    {
      id: 4,
      name: 'Résumé du Nord',
      address: '/explore?region=5',
      sharing: 'me',
      ownerId: 'u1',
      ownerName: 'Ann',
      mayChange: true,
      hasThumbnail: false,
      updatedAt: '2026-01-01T00:00:00.000Z',
    },
  ],
  navigate,
  open,
  actions: [{ id: 'sign-out', icon: 'sign-out', title: 'Sign out', run: () => {} }],
});
const titles = (text: string) => matchingCommands(commands, text).map(({ title }) => title);

describe('the commands of the palette', () => {
  it('are all listed while nothing is typed, screens first', () => {
    expect(titles('')[0]).toBe('Explore');
    expect(titles('')).toHaveLength(commands.length);
  });

  it('are found by the beginnings of their words, in any order and without accents', () => {
    expect(titles('nord resu')).toEqual(['Résumé du Nord']);
    expect(titles('out')).toEqual(['Sign out']);
    expect(titles('ign')).toEqual([]);
  });

  it('toggle the layer they name and leave the others', () => {
    matchingCommands(commands, 'show places')[0]!.run();
    const { layers } = navigate.mock.lastCall![0];
    const changed = layers.filter(
      (layer: { visible: boolean }, index: number) =>
        layer.visible !== defaultState.layers[index]!.visible,
    );
    expect(changed).toMatchObject([{ id: 'places', visible: true }]);
  });

  it('open a saved view at its address', () => {
    matchingCommands(commands, 'nord')[0]!.run();
    expect(open).toHaveBeenCalledWith('/explore?region=5');
  });
});
