import { css } from 'lit';

/** The list hangs from the button's right edge, or fills the width of a phone. */
export const viewsStyles = css`
  :host {
    display: inline-flex;
    flex: none;
  }
  .open {
    border-radius: 999px;
    anchor-name: --views;
  }
  .open ct-icon {
    --size: 16px;
  }
  .list {
    position: fixed;
    inset: 64px var(--edge) auto auto;
    width: min(440px, calc(100vw - 2 * var(--edge)));
    max-height: min(640px, calc(100dvh - 96px));
    margin: 0;
    padding: 16px;
    overflow: auto;
    border: 1px solid var(--line);
    border-radius: var(--radius);
    background: var(--panel-solid);
    color: var(--ink);
    box-shadow: var(--shadow);
  }
  form {
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 8px;
    align-items: end;
    padding-bottom: 12px;
    border-bottom: 1px solid var(--line);
  }
  form .field:first-child,
  form .error {
    grid-column: 1 / -1;
  }
  form .error:empty {
    display: none;
  }
  .note {
    padding: 16px 0 4px;
    color: var(--ink-2);
  }
  li {
    padding: 10px 0;
    border-bottom: 1px solid var(--line);
  }
  li:last-child {
    border-bottom: 0;
    padding-bottom: 0;
  }
  .actions {
    display: flex;
    gap: 4px;
    margin-top: 4px;
    padding-left: 108px;
  }
  .actions .input {
    flex: 1;
    min-height: 28px;
    font-size: 12px;
  }
  a {
    display: flex;
    align-items: start;
    gap: 12px;
    min-width: 0;
    color: var(--ink);
    text-decoration: none;
    border-radius: var(--radius-small);
  }
  a:hover .title,
  a[aria-current] .title {
    color: var(--accent);
  }
  img,
  .no-picture {
    flex: none;
    width: 96px;
    height: 60px;
    border-radius: var(--radius-small);
    object-fit: cover;
    background: var(--hover);
  }
  .no-picture {
    display: grid;
    place-items: center;
    color: var(--ink-3);
  }
  .texts {
    min-width: 0;
  }
  .title,
  .texts .muted {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .title {
    font-weight: 560;
  }
  .texts .muted {
    font-size: 12px;
    line-height: 16px;
  }
  @media (max-width: 760px) {
    .open {
      min-width: 44px;
    }
    .open .name {
      display: none;
    }
    .actions {
      margin-top: 8px;
      padding-left: 0;
    }
  }
`;
