import { msg, str } from '@lit/localize';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { measureName } from '../../i18n/words.js';
import { changeOf, formatChange, formatShare, formatShort } from '../../lib/format.js';
import { RegionClickEvent } from '../../map/contract.js';
import { explore } from '../../state/explore.js';
import type { Figure } from '../../state/figures.js';
import { appLocation } from '../../state/location.js';
import { figureFormat, measureNamed, measureStore } from '../../state/measures.js';
import { preferences } from '../../state/preferences.js';
import { sessionStore } from '../../state/session.js';
import { CtElement } from '../../ui/ct-element.js';
import '../../ui/ct-icon.js';
import '../../ui/ct-kpi.js';
import '../../ui/ct-skeleton.js';
import '../../ui/ct-state.js';
import { isPlainClick } from '../../ui/links.js';
import { base, controls } from '../../ui/styles.js';
import type { PickEvent } from '../../ui/ct-picker.js';
import '../../ui/ct-segmented.js';
import './ct-breakdown.js';
import './ct-region-table.js';
import './ct-trend.js';

const tabs = ['regions', 'breakdown', 'trend'] as const;
type Tab = (typeof tabs)[number];

/**
 * The figures of the region looked at: way up, tiles, and below them the ranking of its parts, what the
 * measure is made of, or its years compared.
 */
@customElement('ct-insight-panel')
export class CtInsightPanel extends CtElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        border-radius: var(--radius);
        background: var(--panel);
        backdrop-filter: blur(8px);
        box-shadow: var(--shadow);
        overflow: hidden;
      }
      nav {
        padding: 10px 14px;
        border-bottom: 1px solid var(--line);
      }
      ol {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 6px;
        font-size: 13px;
      }
      li {
        display: inline-flex;
        align-items: center;
        gap: 6px;
      }
      li + li::before {
        content: '›';
        color: var(--ink-2);
      }
      nav a {
        color: var(--ink-2);
        text-decoration: none;
      }
      nav a:hover {
        text-decoration: underline;
      }
      nav strong {
        font-weight: 620;
      }
      .tiles {
        display: grid;
        grid-template-columns: 1fr 1fr;
        border-bottom: 1px solid var(--line);
      }
      ct-kpi:nth-child(odd) {
        border-right: 1px solid var(--line);
      }
      ct-kpi:nth-child(n + 3) {
        border-top: 1px solid var(--line);
      }
      .facts {
        padding: 6px 14px;
        font-size: 12px;
        line-height: 16px;
        color: var(--ink-2);
        border-bottom: 1px solid var(--line);
      }
      .tabs {
        padding: 8px 14px;
        border-bottom: 1px solid var(--line);
      }
      ct-region-table,
      ct-breakdown {
        flex: 1;
        min-height: 0;
      }
      @media (max-width: 760px) {
        :host {
          border-radius: 0;
          box-shadow: none;
          background: none;
          backdrop-filter: none;
        }
        nav a {
          display: inline-flex;
          align-items: center;
          min-height: 44px;
        }
        nav {
          padding-block: 0;
        }
      }
    `,
  ];

  /** Region under the pointer on the map, lit in the table too. */
  @property({ attribute: false }) hoveredRegion: number | null = null;

  @state() private tab: Tab = 'regions';

  override render() {
    const { state } = explore.view;
    if (state.status === 'failed') return this.renderFailure(state.message, explore.view);
    const measures = measureStore.state;
    if (measures.status === 'failed') {
      return html`${this.renderPath()} ${this.renderFailure(measures.message, measureStore)}`;
    }
    const view = state.value;
    if (!view) return html`<ct-skeleton lines="12"></ct-skeleton>`;
    return html`
      ${this.renderPath()} ${this.renderKpis()} ${this.renderFacts()} ${this.renderTabs()}
      ${this.renderTab()}
    `;
  }

  private renderPath() {
    const path = explore.view.value?.region.path ?? [];
    const project = sessionStore.current.project.name;
    const name = (level: number, own: string) => (level === 0 ? project : own);
    return html`<nav aria-label=${msg('Region')}>
      <ol>
        ${path.map((step, index) =>
          index === path.length - 1
            ? html`<li><strong aria-current="location">${name(step.level, step.name)}</strong></li>`
            : html`<li>${this.renderStep(step.id, name(step.level, step.name))}</li>`,
        )}
      </ol>
    </nav>`;
  }

  private renderStep(id: number, name: string) {
    const region = id === explore.root.value?.id ? null : id;
    return html`<a
      href=${appLocation.hrefFor({ region, viewport: null })}
      @click=${(event: MouseEvent) => {
        if (!isPlainClick(event)) return;
        event.preventDefault();
        this.dispatchEvent(new RegionClickEvent(id));
      }}
      >${name}</a
    >`;
  }

  private renderKpis() {
    const { state } = explore.kpis;
    if (state.status === 'failed') return this.renderFailure(state.message, explore.kpis);
    const figures = state.value?.figures ?? [];
    const accounts = figures.find(({ measure }) => measure === 'accounts.accounts')?.now ?? null;
    const pending = [0, 1, 2, 3].map(() => html`<ct-kpi label="…"></ct-kpi>`);
    return html`<div class="tiles" aria-busy=${state.status === 'loading' ? 'true' : 'false'}>
      ${figures.length === 0 ? pending : figures.map((figure) => this.renderKpi(figure, accounts))}
    </div>`;
  }

  private renderKpi({ measure, now, before }: Figure, accounts: number | null) {
    const known = measureNamed(measure);
    const change = changeOf(now, before);
    const locale = preferences.language;
    const isUnplaced = measure === 'accounts.not_placed';
    const share = isUnplaced && accounts ? formatShare((now ?? 0) / accounts, locale) : '';
    const empty = known.additive ? 0 : null;
    return html`<ct-kpi
      data-measure=${measure}
      .label=${measureName(measure, known.title)}
      .value=${formatShort(now ?? empty, figureFormat(known))}
      .change=${change}
      .changeText=${formatChange(change, locale)}
      .changeTitle=${msg('Against the same months of the year before')}
      .note=${share}
    ></ct-kpi>`;
  }

  private renderFacts() {
    const region = explore.view.value?.region;
    if (!region || region.population === null) return nothing;
    const number = new Intl.NumberFormat(preferences.language, { maximumFractionDigits: 0 });
    const population = number.format(region.population);
    const facts = [msg(str`${population} inhabitants`)];
    if (region.households !== null) {
      const households = number.format(region.households);
      facts.push(msg(str`${households} households`));
    }
    if (region.areaKm2 !== null) facts.push(`${number.format(region.areaKm2)} km²`);
    return html`<p class="facts">${facts.join(' · ')}</p>`;
  }

  private renderTabs() {
    const names: Record<Tab, string> = {
      regions: msg('Regions'),
      breakdown: msg('Made up of'),
      trend: msg('Trend'),
    };
    return html`<ct-segmented
      class="tabs"
      .label=${msg('Figures')}
      .value=${this.tab}
      .options=${tabs.map((value) => ({ value, label: names[value] }))}
      @ct-pick=${({ values }: PickEvent) =>
        (this.tab = tabs.find((tab) => tab === values[0]) ?? 'regions')}
    ></ct-segmented>`;
  }

  private renderTab() {
    if (this.tab === 'breakdown') return html`<ct-breakdown></ct-breakdown>`;
    if (this.tab === 'trend') return html`<ct-trend></ct-trend>`;
    return this.renderTable();
  }

  private renderTable() {
    const view = explore.view.value;
    if (view?.partLevel === null) {
      return html`<ct-state
        icon="region"
        .heading=${msg('No regions yet')}
        .text=${msg('Load a region file, and figures appear here by region.')}
      ></ct-state>`;
    }
    const { state } = explore.figures;
    if (state.status === 'failed') return this.renderFailure(state.message, explore.figures);
    if (!state.value) return html`<ct-skeleton lines="10"></ct-skeleton>`;
    const measure = state.value.input.measure;
    const kpi = explore.kpis.value?.figures.find((figure) => figure.measure === measure.name);
    return html`<ct-region-table
      .figures=${state.value}
      .total=${view?.isLeaf ? null : (kpi?.now ?? null)}
      .levelName=${this.levelName(state.value.input.partLevel)}
      .selectedRegion=${view?.isLeaf ? view.region.id : null}
      .hoveredRegion=${this.hoveredRegion}
      ?busy=${state.status === 'loading'}
    ></ct-region-table>`;
  }

  private levelName(level: number): string {
    const levels = sessionStore.current.project.levels;
    return levels.find((entry) => entry.level === level)?.name ?? msg('Region');
  }

  private renderFailure(message: string, resource: { reload(): void }) {
    return html`<ct-state tone="failed" .heading=${msg('No figures')} .text=${message}>
      <button class="button" type="button" @click=${() => resource.reload()}>
        <ct-icon name="refresh"></ct-icon>${msg('Try again')}
      </button>
    </ct-state>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'ct-insight-panel': CtInsightPanel;
  }
}
