import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { nearestHeight, type CtSheet } from '../../../src/ui/ct-sheet.js';
import { inside, mount } from '../../support/mount.js';

describe('a sheet', () => {
  it('goes up and down by the arrow keys', async () => {
    const sheet = await mount<CtSheet>(html`<ct-sheet label="Panel"><p>Figures</p></ct-sheet>`);
    inside(sheet, '.handle').focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(sheet.height).toBe('half');
    await userEvent.keyboard('{ArrowUp}{ArrowUp}');
    expect(sheet.height).toBe('full');
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await sheet.updateComplete;
    expect(sheet.height).toBe('peek');
    expect(inside(sheet, '.handle').getAttribute('aria-expanded')).toBe('false');
  });

  it('rests at the height nearest to where it was let go', () => {
    expect(nearestHeight(100, 800)).toBe('peek');
    expect(nearestHeight(400, 800)).toBe('half');
    expect(nearestHeight(700, 800)).toBe('full');
  });
});
