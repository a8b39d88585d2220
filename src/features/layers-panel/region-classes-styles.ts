import { css } from 'lit';

/** The legend of the regions and, folded under it, how the classes are made. */
export const regionClassesStyles = css`
  :host {
    display: grid;
    gap: 4px;
  }
  .measure,
  summary,
  legend,
  .help {
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  summary {
    min-height: 24px;
    align-content: center;
    cursor: pointer;
  }
  .settings {
    display: grid;
    gap: 8px;
    padding-top: 4px;
  }
  .settings .input {
    min-width: 0;
    padding: 0 8px;
    font-size: 13px;
  }
  .input[aria-invalid='true'] {
    border-color: var(--down);
  }
  .help.error {
    color: var(--down);
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(64px, auto);
    gap: 8px;
  }
  .mean {
    align-self: end;
    padding-bottom: 10px;
    font-variant-numeric: tabular-nums;
  }
  .ramps {
    display: grid;
    grid-template-columns: repeat(4, 1fr);
    gap: 6px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-bottom: 4px;
  }
  .ramps label {
    position: relative;
    display: block;
    padding: 2px;
    border: 1px solid transparent;
    border-radius: 6px;
  }
  .ramps label:has(:checked) {
    border-color: var(--ink);
  }
  .ramps label:has(:focus-visible) {
    outline: 2px solid var(--accent);
    outline-offset: 1px;
  }
  .ramps input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  .ramps i {
    display: block;
    height: 18px;
    border-radius: 4px;
  }
  @media (pointer: coarse), (max-width: 760px) {
    summary {
      min-height: 44px;
    }
    .ramps i {
      height: 38px;
    }
    .settings .input {
      font-size: 16px;
    }
  }
`;
