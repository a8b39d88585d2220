import { css } from 'lit';

/** The parts of the story of an account, a card each. */
export const storyStyles = css`
  .card {
    padding: 14px 16px;
    border-radius: var(--radius);
    background: var(--panel-solid);
    box-shadow: var(--shadow);
    min-width: 0;
  }
  h2 {
    font-size: 14px;
    line-height: 20px;
    font-weight: 620;
    margin: 0 0 2px;
  }
  .months {
    display: flex;
    align-items: flex-end;
    gap: 3px;
    height: 96px;
    margin-top: 10px;
    border-bottom: 1px solid var(--line);
  }
  .months li {
    position: relative;
    flex: 1;
    height: 100%;
    display: flex;
    align-items: flex-end;
  }
  .months .bar {
    width: 100%;
    border-radius: 2px 2px 0 0;
    background: var(--accent);
  }
  .axis {
    display: flex;
    justify-content: space-between;
    font-size: 12px;
    line-height: 16px;
    margin-top: 4px;
  }
  table {
    width: 100%;
    margin-top: 6px;
    border-collapse: collapse;
  }
  td {
    height: 30px;
    padding: 2px 12px 2px 0;
    border-bottom: 1px solid var(--line);
  }
  td:last-child {
    padding-right: 0;
  }
  tr:last-child td {
    border-bottom: 0;
  }
  .events {
    margin-top: 6px;
    max-height: 420px;
    overflow: auto;
  }
  .events li {
    display: grid;
    grid-template-columns: 104px 1fr auto;
    gap: 12px;
    padding: 6px 0;
    border-bottom: 1px solid var(--line);
  }
  .events li:last-child {
    border-bottom: 0;
  }
  time {
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .change {
    font-size: 13px;
    line-height: 18px;
    overflow-wrap: anywhere;
  }
  del {
    color: var(--ink-2);
  }
  ins {
    text-decoration: none;
  }
  @media (max-width: 760px) {
    .wide {
      display: none;
    }
    .events li {
      grid-template-columns: 88px 1fr auto;
    }
  }
`;
