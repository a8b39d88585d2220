import { css } from 'lit';

/** A box in the upper third, where the eye is; the whole screen on a phone. */
export const paletteStyles = css`
  dialog {
    width: min(640px, calc(100vw - 32px));
    max-height: min(560px, 70dvh);
    margin: 14dvh auto auto;
    padding: 0;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel-solid);
    color: var(--ink);
    box-shadow: var(--shadow);
    overflow: hidden;
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 25%);
  }
  .box {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 0 16px;
    border-bottom: 1px solid var(--line);
  }
  .box ct-icon {
    color: var(--ink-2);
  }
  input {
    flex: 1;
    min-width: 0;
    min-height: 52px;
    border: 0;
    background: none;
    outline: none;
    font-size: 16px;
  }
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--ink-2);
    opacity: 1;
  }
  kbd {
    padding: 1px 6px;
    border: 1px solid var(--line);
    border-radius: 5px;
    font: inherit;
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  .entries {
    overflow: auto;
    padding: 6px;
  }
  .entries:empty {
    display: none;
  }
  .group {
    padding: 10px 10px 4px;
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  .entry {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 36px;
    padding: 2px 10px;
    border-radius: var(--radius-small);
    cursor: pointer;
    scroll-margin: 36px 0 6px;
  }
  .entry.active {
    background: var(--hover);
  }
  .entry ct-icon {
    --size: 18px;
    flex: none;
    color: var(--ink-2);
  }
  .title {
    flex: 1 0 auto;
    max-width: 70%;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .subtitle {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-size: 12px;
    line-height: 16px;
    color: var(--ink-2);
  }
  .note {
    padding: 16px;
    color: var(--ink-2);
  }
  .note.error {
    color: var(--down);
  }
  @media (max-width: 760px) {
    dialog {
      width: 100vw;
      max-width: none;
      height: 100dvh;
      max-height: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    .entry {
      min-height: 44px;
    }
  }
`;
