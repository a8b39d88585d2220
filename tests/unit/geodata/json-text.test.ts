import { expect, it } from 'vitest';
import { jsonText } from '../../../geodata/values/json-text.js';

it('leaves out what jsonb refuses, and nothing else', () => {
  const half = '\ud800';
  expect(jsonText({ ['a\0']: `b\0${half}`, c: ['😀', '\\ud800', null, 1] })).toBe(
    JSON.stringify({ a: 'b\ufffd', c: ['😀', '\\ud800', null, 1] }),
  );
});
