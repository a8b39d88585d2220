import { css } from 'lit';

/** A part of the settings: words, a form in one line where it fits, a list. */
export const sectionStyles = css`
  :host {
    height: auto;
    overflow: visible;
  }
  .section {
    display: grid;
    gap: 16px;
  }
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 12px;
  }
  form .field {
    flex: 1 1 180px;
  }
  form .button {
    min-height: 36px;
  }
  form .error {
    flex-basis: 100%;
  }
  form .error:empty {
    display: none;
  }
  td {
    white-space: nowrap;
  }
  @media (max-width: 760px) {
    form .button {
      min-height: 44px;
    }
  }
`;
