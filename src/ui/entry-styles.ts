import { css } from 'lit';

/** The quiet page with one box in the middle: sign-in, setup, preparing. */
export const entry = css`
  :host {
    display: block;
    height: 100%;
    overflow: auto;
    background: var(--land);
  }
  .entry {
    min-height: 100%;
    display: grid;
    place-items: center;
    padding: 24px 16px;
  }
  .box {
    width: min(400px, 100%);
    display: grid;
    gap: 20px;
    padding: 32px;
    border-radius: 14px;
    background: var(--panel-solid);
    box-shadow: var(--shadow);
  }
  h1 {
    font-size: 20px;
    line-height: 26px;
    font-weight: 620;
  }
  form {
    display: grid;
    gap: 12px;
  }
  .button {
    min-height: 40px;
  }
  .error:empty {
    display: none;
  }
  @media (max-width: 760px) {
    .box {
      padding: 24px 20px;
    }
  }
`;
