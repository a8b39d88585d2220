import { css } from 'lit';

/** The frame of the panel at the right of the map; in the sheet it has none. */
export const panelFrame = css`
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
  @media (max-width: 760px) {
    :host {
      border-radius: 0;
      box-shadow: none;
      background: none;
      backdrop-filter: none;
    }
  }
`;

/** What stands in the panel. */
export const selectionStyles = css`
  header {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 8px 8px 8px 16px;
    border-bottom: 1px solid var(--line);
  }
  header h2 {
    flex: 1;
    min-width: 0;
    font-size: 14px;
    line-height: 20px;
    font-weight: 620;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tag {
    padding: 1px 8px;
    border-radius: 999px;
    background: var(--hover);
    font-size: 12px;
    line-height: 18px;
    font-weight: 400;
    color: var(--ink-2);
  }
  .body {
    overflow: auto;
    min-height: 0;
    padding-bottom: 12px;
  }
  .figures {
    display: grid;
    grid-template-columns: 1fr 1fr;
    border-bottom: 1px solid var(--line);
  }
  .figures ct-kpi:nth-child(odd) {
    border-right: 1px solid var(--line);
  }
  .stages {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 14px;
    padding: 8px 16px;
    border-bottom: 1px solid var(--line);
    font-size: 12px;
    line-height: 18px;
    color: var(--ink-2);
  }
  .stages b {
    font-weight: 560;
    color: var(--ink);
    font-variant-numeric: tabular-nums;
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
  .parts li,
  .saved li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: var(--row);
    font-size: 13px;
    line-height: 18px;
  }
  .parts .sign {
    width: 14px;
    text-align: center;
    font-weight: 620;
    color: var(--accent);
  }
  .parts .name {
    flex: 1;
    min-width: 0;
  }
  .metres {
    width: 88px;
    min-height: 28px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 6px;
    background: var(--panel-solid);
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 10px 16px 0;
  }
  section .actions {
    padding: 6px 0 0;
  }
  .saved button.pick {
    display: grid;
    flex: 1;
    min-width: 0;
    min-height: var(--row);
    padding: 4px 8px;
    margin-left: -8px;
    border: 0;
    border-radius: 6px;
    background: none;
    text-align: left;
    cursor: pointer;
  }
  .saved button.pick:hover,
  .saved button.pick[aria-current='true'] {
    background: var(--hover);
  }
  .saved .pick span {
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  form {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 8px;
    align-items: end;
  }
  form .wide {
    grid-column: 1 / -1;
  }
  .hint {
    padding: 8px 16px 0;
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  section .hint {
    padding: 4px 0 0;
  }
  select.input {
    padding: 0 6px;
  }
  @media (max-width: 760px) {
    .metres {
      min-height: 44px;
      font-size: 16px;
    }
  }
`;
