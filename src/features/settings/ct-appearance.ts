import { msg } from '@lit/localize';
import { css, html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { languageNames } from '../../i18n/language-names.js';
import {
  contrastChoices,
  languages,
  preferences,
  themeChoices,
  type ContrastChoice,
  type ThemeChoice,
} from '../../state/preferences.js';
import { CtElement } from '../../ui/ct-element.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import { base, page } from '../../ui/styles.js';

/** Language, theme and contrast of this browser. */
@customElement('ct-appearance')
export class CtAppearance extends CtElement {
  static override styles = [
    base,
    page,
    css`
      :host {
        height: auto;
        overflow: visible;
      }
      .card {
        display: grid;
        gap: 16px;
        justify-items: start;
      }
      h2 {
        font-size: 14px;
        line-height: 20px;
        font-weight: 560;
        margin-bottom: 6px;
      }
    `,
  ];

  override render() {
    return html`<div class="card padded">
      <div>
        <h2>${msg('Language')}</h2>
        <ct-segmented
          .label=${msg('Language')}
          .value=${preferences.language}
          .options=${languages.map((value) => ({ value, label: languageNames[value] }))}
          @ct-pick=${this.onLanguage}
        ></ct-segmented>
      </div>
      <div>
        <h2>${msg('Theme')}</h2>
        <ct-segmented
          .label=${msg('Theme')}
          .value=${preferences.themeChoice}
          .options=${themeChoices.map((value) => ({ value, label: themeName(value) }))}
          @ct-pick=${this.onTheme}
        ></ct-segmented>
      </div>
      <div>
        <h2>${msg('Contrast')}</h2>
        <ct-segmented
          .label=${msg('Contrast')}
          .value=${preferences.contrastChoice}
          .options=${contrastChoices.map((value) => ({ value, label: contrastName(value) }))}
          @ct-pick=${this.onContrast}
        ></ct-segmented>
      </div>
    </div>`;
  }

  private onLanguage({ values }: PickEvent): void {
    preferences.language = languages.find((language) => language === values[0]) ?? 'en';
  }

  private onContrast({ values }: PickEvent): void {
    preferences.contrastChoice = contrastChoices.find((choice) => choice === values[0]) ?? 'auto';
  }

  private onTheme({ values }: PickEvent): void {
    preferences.themeChoice = themeChoices.find((choice) => choice === values[0]) ?? 'auto';
  }
}

function contrastName(choice: ContrastChoice): string {
  return { auto: msg('As the system'), normal: msg('Normal'), more: msg('High') }[choice];
}

function themeName(choice: ThemeChoice): string {
  return { auto: msg('As the system'), light: msg('Light'), dark: msg('Dark') }[choice];
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-appearance': CtAppearance;
  }
}
