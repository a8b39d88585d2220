import { html } from 'lit';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { CtPicker, PickEvent } from '../../../src/ui/ct-picker.js';
import '../../../src/ui/ct-picker.js';
import { inside, mount } from '../../support/mount.js';

const options = ['Red', 'Green', 'Blue'].map((label) => ({ value: label.toLowerCase(), label }));

describe('a picker', () => {
  it('opens and picks by keyboard, and gives the focus back', async () => {
    const picks: (readonly string[])[] = [];
    const picker = await mount<CtPicker>(
      html`<ct-picker
        label="Colour"
        .options=${options}
        .selected=${['red']}
        @ct-pick=${({ values }: PickEvent) => picks.push(values)}
      ></ct-picker>`,
    );
    inside(picker, '.main').focus();
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => picker.shadowRoot?.activeElement?.tagName).toBe('INPUT');
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(picks).toEqual([['green']]);
    expect(picker.shadowRoot?.activeElement).toBe(inside(picker, '.main'));
  });

  it('adds and takes away where many may be chosen', async () => {
    const picks: (readonly string[])[] = [];
    const picker = await mount<CtPicker>(
      html`<ct-picker
        multiple
        label="Colour"
        .options=${options}
        .selected=${['red']}
        @ct-pick=${({ values }: PickEvent) => picks.push(values)}
      ></ct-picker>`,
    );
    await userEvent.click(inside(picker, '.main'));
    await userEvent.click(inside(picker, '#option-2'));
    await userEvent.click(inside(picker, '#option-0'));
    expect(picks).toEqual([['red', 'blue'], []]);
  });
});
