import { css } from 'lit';

/** A card at the right of the map, or inside a sheet. */
export const cardStyles = css`
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
  header {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 12px 8px 10px 16px;
    border-bottom: 1px solid var(--line);
  }
  header > div {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: 16px;
    line-height: 22px;
    font-weight: 620;
    overflow-wrap: anywhere;
  }
  .tags {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    margin-top: 4px;
  }
  .tag {
    padding: 1px 8px;
    border-radius: 999px;
    background: var(--hover);
    font-size: 12px;
    line-height: 18px;
    color: var(--ink-2);
  }
  .tag.accent {
    background: var(--accent-weak);
    color: var(--accent);
  }
  .body {
    overflow: auto;
    min-height: 0;
    padding-bottom: 12px;
  }
  section {
    padding: 10px 16px 0;
  }
  h3 {
    font-size: 12px;
    line-height: 16px;
    font-weight: 560;
    color: var(--ink-2);
    margin-bottom: 4px;
  }
  dl {
    display: grid;
    grid-template-columns: 116px 1fr;
    gap: 4px 12px;
    font-size: 13px;
    line-height: 18px;
  }
  dt {
    color: var(--ink-2);
  }
  dd {
    overflow-wrap: anywhere;
    font-variant-numeric: tabular-nums;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    border-bottom: 1px solid var(--line);
    --figure-size: 16px;
  }
  .lines {
    width: 100%;
    border-collapse: collapse;
    font-size: 13px;
    line-height: 18px;
  }
  .lines td {
    padding: 4px 0;
    border-bottom: 1px solid var(--line);
  }
  .lines tr:last-child td {
    border-bottom: 0;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 12px 16px 0;
  }
  section .actions {
    padding: 8px 0 4px;
  }
  form {
    display: grid;
    gap: 10px;
    padding: 12px 16px 4px;
  }
  .pair {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 10px;
  }
  .hint {
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  @media (max-width: 760px) {
    :host {
      border-radius: 0;
      box-shadow: none;
      background: none;
      backdrop-filter: none;
    }
  }
`;
