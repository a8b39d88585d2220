import { html, nothing } from 'lit';

/** A name and what is known; lines without a value are left out. */
export type Fact = readonly [name: string, value: string | null | undefined];

/** Facts as a definition list; nothing known is said as a dash. */
export function factList(facts: readonly Fact[]) {
  const known = facts.filter(([, value]) => value !== null && value !== undefined && value !== '');
  if (known.length === 0) return html`<p class="muted">–</p>`;
  return html`<dl>
    ${known.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value ?? nothing}</dd>`,
    )}
  </dl>`;
}
