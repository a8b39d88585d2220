import { css } from 'lit';

/** The virtual table: one scrolled room, lines laid over it. */
export const accountTableStyles = css`
  :host {
    display: block;
    position: relative;
    min-width: 0;
    min-height: 0;
    background: var(--panel-solid);
  }
  .grid {
    position: absolute;
    inset: 0;
    overflow: auto;
    overflow-anchor: none;
    outline-offset: -2px;
  }
  .head,
  .line {
    display: grid;
    grid-template-columns: var(--columns);
    width: var(--room-width);
    height: var(--line-height);
    align-items: center;
    border-bottom: 1px solid var(--line);
  }
  .head {
    position: sticky;
    top: 0;
    z-index: 2;
    background: var(--panel-solid);
  }
  .room {
    position: relative;
    width: var(--room-width);
  }
  .line {
    position: absolute;
    left: 0;
    cursor: default;
    background: var(--panel-solid);
  }
  .line:hover {
    background: var(--hover);
  }
  .line.chosen {
    background: var(--accent-weak);
  }
  .line.active {
    box-shadow: inset 2px 0 0 var(--accent);
  }
  .grid:focus-visible .line.active {
    outline: 2px solid var(--accent);
    outline-offset: -2px;
  }
  .cell,
  .head > div {
    padding: 0 12px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .number {
    text-align: right;
    font-variant-numeric: tabular-nums;
  }
  .head > div {
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
    font-weight: 500;
  }
  .head button {
    max-width: 100%;
    padding: 4px 0;
    border: 0;
    background: none;
    font: inherit;
    color: inherit;
    cursor: pointer;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .head button:hover,
  .head [aria-sort='ascending'] button,
  .head [aria-sort='descending'] button {
    color: var(--ink);
  }
  .tick {
    position: sticky;
    left: 0;
    z-index: 1;
    height: 100%;
    display: grid;
    place-items: center;
    padding: 0;
    background: inherit;
  }
  .tick input {
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--accent);
  }
  .name a {
    color: var(--ink);
    font-weight: 500;
    text-decoration: none;
  }
  .name a:hover {
    text-decoration: underline;
  }
  .group {
    grid-template-columns: 40px 1fr;
    cursor: pointer;
    background: var(--land);
  }
  .group .cell {
    display: flex;
    gap: 16px;
    align-items: baseline;
    position: sticky;
    left: 40px;
    width: max-content;
    max-width: calc(var(--view-width) - 56px);
  }
  .group strong {
    font-weight: 600;
  }
  .waiting .bar {
    display: inline-block;
    width: 60%;
    height: 10px;
    border-radius: 5px;
    background: var(--hover);
  }
  .stage {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-right: 6px;
    border-radius: 50%;
    background: var(--stage, var(--ink-3));
  }
`;
