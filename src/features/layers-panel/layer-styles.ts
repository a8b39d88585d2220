import { css } from 'lit';

/** Cards of 32 px (44 on touch) that open downwards. */
export const layerStyles = css`
  :host {
    display: block;
    border-radius: var(--radius);
    background: var(--panel);
    backdrop-filter: blur(8px);
    box-shadow: var(--shadow);
    overflow: auto;
  }
  :host([flat]) {
    border-radius: 0;
    background: none;
    backdrop-filter: none;
    box-shadow: none;
  }
  h2 {
    font-size: 12px;
    line-height: 16px;
    font-weight: 560;
    color: var(--ink-2);
  }
  .fold {
    display: flex;
    align-items: center;
    justify-content: space-between;
    width: 100%;
    min-height: 36px;
    padding: 0 12px 0 14px;
    border: 0;
    background: none;
    color: inherit;
    cursor: pointer;
  }
  .fold ct-icon {
    --size: 16px;
  }
  :host > ul {
    padding-bottom: 8px;
  }
  :focus-visible {
    outline-offset: -2px;
  }
  .head {
    display: flex;
    align-items: center;
    padding-right: 6px;
  }
  .head:hover {
    background: var(--hover);
  }
  .open {
    flex: 1;
    min-width: 0;
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: var(--row);
    padding: 0 6px 0 14px;
    border: 0;
    background: none;
    cursor: pointer;
    text-align: left;
  }
  .name {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .count {
    font-size: 12px;
    color: var(--ink-2);
    font-variant-numeric: tabular-nums;
  }
  .off .name {
    color: var(--ink-2);
  }
  .off .open .swatch {
    opacity: 0.35;
  }
  .head .icon-button ct-icon {
    --size: 16px;
  }
  .steps {
    display: flex;
    align-items: center;
    width: 70px;
  }
  .steps i {
    width: 14px;
    height: 12px;
    background: currentcolor;
  }
  .steps i:first-child {
    border-radius: 3px 0 0 3px;
  }
  .steps i:last-child {
    border-radius: 0 3px 3px 0;
  }
  .steps.sizes {
    gap: 6px;
  }
  .steps.sizes i {
    width: 16px;
    height: 16px;
    border-radius: 50%;
  }
  .steps.sizes i:nth-child(1) {
    width: 6px;
    height: 6px;
  }
  .steps.sizes i:nth-child(2) {
    width: 11px;
    height: 11px;
  }
  .body {
    display: grid;
    gap: 8px;
    padding: 4px 14px 10px;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 10px;
    min-height: 22px;
    font-size: 13px;
    line-height: 18px;
    color: var(--ink-2);
  }
  .legend .range,
  .legend .total span:first-child {
    flex: 1;
    font-variant-numeric: tabular-nums;
  }
  .grip,
  .no-grip {
    flex: none;
    width: 24px;
  }
  .grip {
    cursor: grab;
    touch-action: none;
  }
  @media (pointer: coarse), (max-width: 760px) {
    .grip,
    .no-grip {
      width: 44px;
    }
  }
`;
