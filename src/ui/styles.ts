import { css } from 'lit';

/** Box model, focus ring and resets that every element starts from. */
export const base = css`
  :host {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  a {
    color: var(--accent);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  .visually-hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
`;

/** Buttons, fields and links that look the same on every screen. */
export const controls = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: var(--row);
    padding: 0 12px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--panel-solid);
    cursor: pointer;
    white-space: nowrap;
    text-decoration: none;
    color: var(--ink);
    transition: background var(--fast) ease-out;
  }
  .button:hover {
    background: var(--hover);
  }
  .button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  .button.primary {
    background: var(--accent);
    border-color: transparent;
    color: var(--on-accent);
    font-weight: 560;
  }
  .button.primary:hover {
    filter: brightness(1.06);
  }
  .button.danger {
    color: var(--down);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: var(--row);
    height: var(--row);
    padding: 0;
    border: 0;
    border-radius: var(--radius-small);
    background: none;
    color: var(--ink-2);
    cursor: pointer;
  }
  .icon-button:hover {
    background: var(--hover);
    color: var(--ink);
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--accent);
    cursor: pointer;
    text-align: left;
  }
  .link:hover {
    text-decoration: underline;
  }
  .field {
    display: grid;
    gap: 4px;
  }
  .field > span,
  .field > label {
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  .input {
    width: 100%;
    min-height: 36px;
    padding: 0 10px;
    border: 1px solid var(--line);
    border-radius: 8px;
    background: var(--panel-solid);
  }
  .input:focus-visible {
    outline-offset: -1px;
  }
  .error {
    color: var(--down);
  }
  .muted {
    color: var(--ink-2);
  }
  @media (max-width: 760px), (pointer: coarse) {
    .input {
      min-height: 44px;
      font-size: 16px;
    }
  }
`;

/** A page with a heading that scrolls: accounts, imports, settings. */
export const page = css`
  :host {
    display: block;
    height: 100%;
    overflow: auto;
    background: var(--land);
  }
  .page {
    max-width: 1320px;
    margin: 0 auto;
    padding: 24px 24px 96px;
    display: grid;
    gap: 16px;
  }
  .page-head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
  }
  .page-head h1 {
    font-size: 20px;
    line-height: 26px;
    font-weight: 620;
    margin-right: auto;
  }
  .card {
    background: var(--panel-solid);
    border-radius: var(--radius);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  .card.padded {
    padding: 16px;
  }
  .scroll-x {
    overflow-x: auto;
  }
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th {
    font-size: 12px;
    line-height: 16px;
    font-weight: 500;
    color: var(--ink-2);
    text-align: left;
    white-space: nowrap;
  }
  th,
  td {
    height: var(--row);
    padding: 4px 16px;
    border-bottom: 1px solid var(--line);
  }
  tr:last-child td {
    border-bottom: 0;
  }
  th.number,
  td.number {
    text-align: right;
  }
  @media (max-width: 760px) {
    .page {
      padding: 16px 12px 96px;
    }
  }
`;
