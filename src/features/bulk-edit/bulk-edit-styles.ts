import { css } from 'lit';

/** The panel above the table in which many accounts are changed. */
export const bulkEditStyles = css`
  :host {
    display: block;
    padding: 12px 16px;
    border-bottom: 1px solid var(--line);
    background: var(--panel-solid);
    max-height: 60vh;
    overflow: auto;
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h2 {
    font-size: 16px;
    line-height: 22px;
    font-weight: 620;
  }
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
    gap: 10px;
    margin-top: 8px;
  }
  .preview {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 12px 24px;
    margin-top: 12px;
  }
  .preview .button {
    margin-left: auto;
  }
  table {
    border-collapse: collapse;
    font-size: 13px;
    line-height: 18px;
  }
  caption {
    padding-bottom: 2px;
    text-align: left;
    white-space: nowrap;
  }
  td {
    padding: 1px 16px 1px 0;
    color: var(--ink-2);
  }
  progress {
    width: 100%;
    accent-color: var(--accent);
  }
  .actions {
    display: flex;
    gap: 8px;
    margin-top: 8px;
  }
`;
