import { css } from 'lit';

/** What the steps of an import share: cards with air, rows of fields, tiles and small print. */
export const importStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    height: auto;
    overflow: visible;
    background: none;
  }
  .card {
    padding: 16px;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
    min-width: 0;
  }
  h2 {
    font-size: 16px;
    line-height: 22px;
    font-weight: 620;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .grow {
    flex: 1;
    min-width: 0;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: 8px;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    align-items: start;
    gap: 12px;
  }
  .samples {
    color: var(--ink-2);
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .badge {
    padding: 0 8px;
    border-radius: 10px;
    font-size: 12px;
    line-height: 20px;
    background: var(--hover);
    color: var(--ink-2);
    white-space: nowrap;
  }
  .badge.good {
    background: var(--accent-weak);
    color: var(--accent);
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 12px;
  }
  .tile strong {
    display: block;
    font-size: 20px;
    line-height: 26px;
    font-weight: 620;
    font-variant-numeric: tabular-nums;
  }
  .tile span {
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  .tile.bad strong {
    color: var(--down);
  }
  details.card:not([open]) {
    padding-block: 4px;
    gap: 0;
  }
  summary {
    cursor: pointer;
    min-height: var(--row);
    align-content: center;
    color: var(--ink-2);
  }
  progress {
    width: 100%;
    height: 6px;
    accent-color: var(--accent);
  }
  textarea.input {
    padding: 8px 10px;
    font: inherit;
    color: inherit;
  }
`;
