import { css } from 'lit';

/** A form in the middle of the screen; the whole width of a phone. */
export const mapExportStyles = css`
  dialog {
    width: min(480px, calc(100vw - 24px));
    max-height: calc(100dvh - 32px);
    padding: 20px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel-solid);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 25%);
  }
  h2 {
    font-size: 16px;
    line-height: 22px;
    font-weight: 620;
  }
  form {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 14px 12px;
    margin-top: 14px;
  }
  .whole,
  fieldset,
  .foot {
    grid-column: 1 / -1;
  }
  fieldset {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 2px 12px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 2px;
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  .check {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 28px;
  }
  .check input {
    accent-color: var(--accent);
  }
  .size {
    align-self: end;
    padding-bottom: 8px;
    font-variant-numeric: tabular-nums;
    color: var(--ink-2);
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
  }
  .foot p {
    margin-right: auto;
  }
  @media (max-width: 760px), (pointer: coarse) {
    .check,
    .foot .button {
      min-height: 44px;
    }
  }
`;
