import { css } from 'lit';

/** The Accounts screen: a bar above, table and map side by side below. */
export const accountsStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto auto 1fr;
    height: 100%;
    min-height: 0;
    background: var(--panel-solid);
  }
  ct-account-page {
    grid-row: 1 / -1;
    min-height: 0;
  }
  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 12px 16px 8px;
  }
  h1 {
    font-size: 20px;
    line-height: 26px;
    font-weight: 620;
  }
  .status {
    margin-right: auto;
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 0 16px 10px;
    border-bottom: 1px solid var(--line);
  }
  .find {
    position: relative;
    flex: 0 1 280px;
    min-width: 180px;
  }
  .find ct-icon {
    position: absolute;
    left: 10px;
    top: 50%;
    transform: translateY(-50%);
    color: var(--ink-3);
    --size: 16px;
  }
  .find input {
    padding-left: 34px;
    min-height: var(--row);
  }
  .toggle[aria-pressed='true'] {
    background: var(--accent-weak);
    border-color: transparent;
    color: var(--accent);
  }
  .split {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(320px, 38%);
    min-height: 0;
  }
  .split.alone {
    grid-template-columns: minmax(0, 1fr);
  }
  ct-accounts-map {
    border-left: 1px solid var(--line);
  }
  .choice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    padding: 6px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--accent-weak);
  }
  .choice span {
    margin-right: auto;
    font-variant-numeric: tabular-nums;
  }
  .table {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    min-width: 0;
    min-height: 0;
  }
  ct-account-table {
    grid-row: 2;
  }
  .instead {
    grid-row: 2;
    padding: 24px;
  }
  @media (max-width: 760px) {
    .bar {
      padding: 10px 12px 6px;
    }
    .chips {
      flex-wrap: nowrap;
      overflow-x: auto;
      padding: 2px 12px 8px;
      scrollbar-width: none;
    }
    .find {
      flex: 0 0 220px;
    }
    .split {
      grid-template-columns: minmax(0, 1fr);
    }
    ct-accounts-map {
      border-left: 0;
    }
  }
`;
