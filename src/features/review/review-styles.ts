import { css } from 'lit';

/** The queue beside the map; on a phone below it. */
export const reviewStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(320px, 420px) 1fr;
    height: 100%;
    background: var(--land);
  }
  aside {
    display: flex;
    flex-direction: column;
    min-height: 0;
    background: var(--panel-solid);
    border-right: 1px solid var(--line);
  }
  header {
    display: grid;
    gap: 12px;
    padding: 20px 16px 12px;
    border-bottom: 1px solid var(--line);
  }
  h1 {
    font-size: 20px;
    line-height: 26px;
    font-weight: 620;
  }
  .statuses {
    overflow-x: auto;
  }
  ol {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    padding-bottom: 24px;
  }
  li {
    border-bottom: 1px solid var(--line);
  }
  li.open {
    background: color-mix(in srgb, var(--accent-weak) 40%, transparent);
  }
  .head {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 2px 12px;
    width: 100%;
    min-height: 44px;
    padding: 12px 16px;
    border: 0;
    background: none;
    text-align: left;
    cursor: pointer;
  }
  .head:hover {
    background: var(--hover);
  }
  .name {
    font-weight: 560;
    overflow-wrap: anywhere;
  }
  .status {
    font-size: 12px;
    line-height: 20px;
    color: var(--ink-2);
  }
  .address {
    grid-column: 1 / -1;
    font-size: 13px;
    line-height: 18px;
    color: var(--ink-2);
    overflow-wrap: anywhere;
  }
  .more {
    padding: 12px 16px;
    border-bottom: 0;
  }
  .map {
    position: relative;
    min-height: 0;
  }
  ct-map {
    position: absolute;
    inset: 0;
  }
  @media (max-width: 760px) {
    :host {
      grid-template-columns: 1fr;
      grid-template-rows: minmax(200px, 42%) 1fr;
    }
    aside {
      order: 2;
      border-right: 0;
      border-top: 1px solid var(--line);
    }
    header {
      padding: 12px 16px 8px;
    }
    ol {
      padding-bottom: 72px;
    }
  }
`;
