import { css } from 'lit';

/** The map fills the screen; everything else floats over it. */
export const exploreStyles = css`
  :host {
    display: block;
    overflow: hidden;
    background: var(--land);
  }
  ct-map {
    position: absolute;
    inset: 0;
  }
  :host > ct-state {
    position: absolute;
    inset: 0;
    align-content: center;
  }
  ct-slice-bar {
    position: absolute;
    inset: 12px var(--edge) auto;
    z-index: 6;
  }
  .left,
  .right {
    position: absolute;
    top: 68px;
    z-index: 4;
    display: flex;
    flex-direction: column;
    max-height: calc(100% - 68px - 64px);
  }
  .left {
    left: var(--edge);
    width: 264px;
  }
  .right {
    right: var(--edge);
    width: 352px;
    max-height: calc(100% - 68px - 32px);
  }
  .right > * {
    min-height: 0;
  }
  .right ct-selection-panel {
    flex: none;
    max-height: 62%;
    margin-bottom: 8px;
  }
  ct-selection-tools {
    position: absolute;
    top: 68px;
    left: calc(var(--edge) + 264px + 12px);
    right: calc(var(--edge) + 352px + 12px);
    z-index: 5;
  }
  ct-timeline {
    position: absolute;
    bottom: var(--edge);
    left: 300px;
    right: 384px;
    margin: 0 auto;
    max-width: 720px;
    z-index: 3;
  }
  ct-summary {
    position: absolute;
    left: var(--edge);
    bottom: var(--edge);
    z-index: 3;
  }
  .tabs {
    display: flex;
    gap: 4px;
    padding: 0 12px 8px;
  }
  .tab {
    flex: 1;
    min-height: 44px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: var(--ink-2);
    cursor: pointer;
  }
  .tab[aria-pressed='true'] {
    background: var(--accent-weak);
    color: var(--accent);
    font-weight: 560;
  }
  @media (max-width: 760px) {
    ct-timeline {
      display: none;
    }
    ct-selection-tools {
      top: 112px;
      left: var(--edge);
      right: var(--edge);
    }
    ct-summary {
      bottom: 128px;
    }
  }
  @media (max-width: 1100px) and (min-width: 761px) {
    ct-timeline {
      left: var(--edge);
      bottom: 64px;
    }
    .right {
      width: 320px;
    }
  }
`;
