import { css } from 'lit';

/** Ways to show accounts as a grid of buttons, four in a row; finger-sized on touch. */
export const accountDisplayStyles = css`
  :host {
    display: grid;
    gap: 8px;
    justify-items: start;
  }
  fieldset {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 2px;
    width: 100%;
    margin: 0;
    padding: 2px;
    border: 0;
    border-radius: 8px;
    background: var(--hover);
  }
  label {
    position: relative;
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 2px;
    min-height: 44px;
    border-radius: 6px;
    font-size: 11px;
    line-height: 14px;
    color: var(--ink-2);
    cursor: pointer;
  }
  label ct-icon {
    --size: 17px;
  }
  label:hover {
    color: var(--ink);
  }
  label:has(input:checked) {
    background: var(--panel-solid);
    color: var(--accent);
    box-shadow: 0 1px 2px rgb(0 0 0 / 12%);
    font-weight: 560;
  }
  label:has(input:focus-visible) {
    outline: 2px solid var(--accent);
  }
  input {
    position: absolute;
    opacity: 0;
    inset: 0;
    margin: 0;
    cursor: pointer;
  }
  ct-account-legend {
    width: 100%;
  }
`;
