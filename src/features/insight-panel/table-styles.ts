import { css } from 'lit';

/** Rows of 32 px (44 on touch), head and total stay in sight. */
export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: separate;
    border-spacing: 0;
    table-layout: fixed;
    font-size: 13px;
    line-height: 18px;
  }
  :host([busy]) tbody {
    opacity: 0.6;
  }
  th {
    font-weight: 400;
    text-align: left;
  }
  thead th {
    position: sticky;
    top: 0;
    z-index: 1;
    background: var(--panel-solid);
    border-bottom: 1px solid var(--line);
    padding: 0;
  }
  thead th.value {
    width: calc(var(--figure-width, 64px) + 84px);
  }
  thead th.change {
    width: 76px;
  }
  thead button {
    display: flex;
    align-items: center;
    gap: 4px;
    width: 100%;
    min-height: var(--row);
    padding: 0 14px;
    border: 0;
    background: none;
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
    cursor: pointer;
    white-space: nowrap;
  }
  thead button span:first-child {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  thead .value button,
  thead .change button {
    justify-content: flex-end;
    padding-left: 0;
  }
  thead button:hover {
    color: var(--ink);
  }
  :focus-visible {
    outline-offset: -2px;
  }
  tbody tr {
    content-visibility: auto;
    contain-intrinsic-height: var(--row);
  }
  tbody th,
  tbody td {
    height: var(--row);
    padding: 0 14px;
    border-bottom: 1px solid var(--line);
  }
  tbody td.number,
  tfoot td.number {
    padding-left: 0;
  }
  tr.region {
    cursor: pointer;
  }
  tr.hovered > *,
  tr.region:hover > * {
    background: var(--hover);
  }
  tr.selected > * {
    background: var(--accent-weak);
  }
  .drill {
    display: block;
    width: 100%;
    min-height: var(--row);
    padding: 0;
    border: 0;
    background: none;
    text-align: left;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    cursor: pointer;
  }
  .bucket {
    color: var(--ink-2);
    font-style: italic;
  }
  .bar {
    display: inline-block;
    width: 44px;
    height: 6px;
    margin-right: 8px;
    border-radius: 3px;
    vertical-align: middle;
    direction: rtl;
  }
  .bar span {
    display: block;
    height: 100%;
    border-radius: 3px;
    background: var(--sequential-4);
  }
  .figure {
    display: inline-block;
    min-width: var(--figure-width, 64px);
  }
  .change.up {
    color: var(--up);
  }
  .change.down {
    color: var(--down);
  }
  tfoot th,
  tfoot td {
    position: sticky;
    bottom: 0;
    height: var(--row);
    padding: 0 14px;
    background: var(--panel-solid);
    border-top: 1px solid var(--line);
    font-weight: 620;
  }
`;
