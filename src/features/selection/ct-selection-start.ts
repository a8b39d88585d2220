import { msg } from '@lit/localize';
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messageOf } from '../../api/api-error.js';
import { searchEverything } from '../../api/search.js';
import { explore } from '../../state/explore.js';
import { selection } from '../../state/selection.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import { base, controls } from '../../ui/styles.js';
import { selectionStyles } from './selection-styles.js';

const coordinates = /^\s*(-?\d+(?:\.\d+)?)\s*[,; ]\s*(-?\d+(?:\.\d+)?)\s*$/;

/** Ways to select that need no pointer: the region looked at, the last selection, a circle around an address. */
@customElement('ct-selection-start')
export class CtSelectionStart extends CtElement {
  static override styles = [base, controls, selectionStyles];

  @state() private problem = '';

  override render() {
    const region = explore.isRoot ? undefined : explore.view.value?.region;
    const { lastId } = selection;
    return html`
      <p class="hint">
        ${msg(
          'Draw on the map with a tool, click regions, or hold Shift and click accounts. Everything on the screen follows.',
        )}
      </p>
      <div class="actions">
        ${
          region
            ? html`<button
                class="button"
                type="button"
                data-start="region"
                @click=${() => void selection.replace({ kind: 'regions', ids: [region.id] })}
              >
                <ct-icon name="region"></ct-icon>${msg('This region')}: ${region.name}
              </button>`
            : nothing
        }
        ${
          lastId
            ? html`<button
                class="button"
                type="button"
                data-start="last"
                @click=${() => selection.select(lastId)}
              >
                <ct-icon name="history"></ct-icon>${msg('Same as last time')}
              </button>`
            : nothing
        }
      </div>
      <section>
        <h3>${msg('Circle around a place')}</h3>
        <form @submit=${(event: SubmitEvent) => void this.drawCircle(event)}>
          <label class="field wide"
            ><span>${msg('Address, place, or latitude and longitude')}</span
            ><input class="input" name="place" required autocomplete="off"
          /></label>
          <label class="field"
            ><span>${msg('Radius in metres')}</span
            ><input
              class="input"
              name="radius"
              type="number"
              min="1"
              max="500000"
              .step=${'any'}
              value="1000"
              required
          /></label>
          <button class="button primary" type="submit" ?disabled=${selection.isBusy}>
            ${msg('Select')}
          </button>
        </form>
        ${this.problem ? html`<p class="hint error" role="alert">${this.problem}</p>` : nothing}
      </section>
    `;
  }

  private async drawCircle(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.problem = '';
    try {
      const center = await centerOf(String(form.get('place')));
      if (!center) {
        this.problem = msg('Nothing of that name was found.');
        return;
      }
      await selection.replace({
        kind: 'circle',
        center,
        radiusMeters: Number(form.get('radius')),
      });
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

/** "52.37, 4.9" as people write it, latitude first; else the best that the search finds. */
async function centerOf(text: string): Promise<[number, number] | undefined> {
  const [, lat, lon] = coordinates.exec(text) ?? [];
  if (lat !== undefined && lon !== undefined && Math.abs(Number(lat)) <= 90) {
    return [Number(lon), Number(lat)];
  }
  const found = (await searchEverything(text)).find(
    (result) => result.lon !== null && result.lat !== null,
  );
  return found && [found.lon!, found.lat!];
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-selection-start': CtSelectionStart;
  }
}
