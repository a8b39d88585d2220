import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { preferences } from '../../state/preferences.js';
import { selection } from '../../state/selection.js';
import { listLeaves, removeLeaf, type ListedLeaf } from '../../state/selection-edit.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';
import { selectionStyles } from './selection-styles.js';
import { leafName, modeSign } from './selection-words.js';

/** The shapes that a selection is made of, with the radius of circles and the width of corridors to change. */
@customElement('ct-selection-parts')
export class CtSelectionParts extends CtElement {
  static override styles = [base, controls, selectionStyles];

  override render() {
    const definition = selection.value?.definition;
    if (!definition) return nothing;
    const leaves = listLeaves(definition);
    return html`<section>
      <h3>${msg('Made of')}</h3>
      <ul class="parts">
        ${leaves.map((part) => this.renderPart(part, leaves.length > 1))}
      </ul>
    </section>`;
  }

  private renderPart(part: ListedLeaf, canRemove: boolean) {
    const name = leafName(part.leaf, preferences.language);
    return html`<li>
      ${canRemove ? html`<span class="sign">${modeSign[part.role]}</span>` : nothing}
      <span class="name">${name}</span>
      ${this.renderMeters(part)}
      ${
        canRemove
          ? html`<button
              class="icon-button"
              type="button"
              aria-label=${`${msg('Remove')}: ${name}`}
              title=${msg('Remove')}
              @click=${() => this.dropPart(part.index)}
            >
              <ct-icon name="trash"></ct-icon>
            </button>`
          : nothing
      }
    </li>`;
  }

  private renderMeters({ leaf, index }: ListedLeaf) {
    const isCircle = leaf.kind === 'circle';
    if (!isCircle && leaf.kind !== 'corridor' && leaf.kind !== 'road') return nothing;
    const label = isCircle ? msg('Radius in metres') : msg('Width in metres');
    return html`<input
      class="metres"
      type="number"
      min="1"
      max=${isCircle ? 500_000 : 100_000}
      .step=${'any'}
      aria-label=${label}
      title=${label}
      .value=${String(isCircle ? leaf.radiusMeters : leaf.widthMeters)}
      @change=${(event: Event) => {
        const input = event.target as HTMLInputElement;
        if (!input.reportValidity()) return;
        const meters = Number(input.value);
        const changed = isCircle
          ? { ...leaf, radiusMeters: meters }
          : { ...leaf, widthMeters: meters };
        selection.reshape(index, changed, true);
      }}
    />`;
  }

  private dropPart(index: number): void {
    const definition = selection.value?.definition;
    if (definition) void selection.replace(removeLeaf(definition, index));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-selection-parts': CtSelectionParts;
  }
}
