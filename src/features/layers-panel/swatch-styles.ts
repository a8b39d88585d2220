import { css } from 'lit';

/** Samples of colour: areas, lines, dots, the wide ones of classes and the stripes of missing data. */
export const swatchStyles = css`
  .swatch {
    flex: none;
    width: 14px;
    height: 14px;
    border-radius: 4px;
    box-shadow: inset 0 0 0 1px light-dark(rgb(0 0 0 / 8%), rgb(255 255 255 / 10%));
  }
  .swatch.class,
  .swatch.hatch {
    width: 22px;
    height: 12px;
    border-radius: 3px;
  }
  .swatch.dot {
    border-radius: 50%;
  }
  .swatch.line {
    height: 4px;
    border-radius: 2px;
  }
  .swatch.hatch {
    background: repeating-linear-gradient(
      45deg,
      var(--hatch) 0 2px,
      light-dark(#eae7df, #1a2125) 2px 5px
    );
  }
`;
