import { describe, expect, it } from 'vitest';
import { StatusBoard } from '../../../../server/status/status-board.js';

describe('the status board', () => {
  it('is starting until every component has been ready', () => {
    const board = new StatusBoard();
    const states = [board.state];
    for (const name of ['database', 'cube', 'tiles'] as const) {
      board.setComponent(name, 'ready');
      states.push(board.state);
    }

    expect(states).toEqual(['starting', 'starting', 'starting', 'ready']);
  });

  it('is degraded while a component restarts or has failed', () => {
    const board = new StatusBoard();
    board.setComponent('cube', 'failed');
    expect(board.state).toBe('degraded');
    board.setComponent('cube', 'restarting');
    expect(board.state).toBe('degraded');
  });

  it('gives copies of its components', () => {
    const board = new StatusBoard();
    Object.assign(board.components, { cube: 'ready' });

    expect(board.component('cube')).toBe('starting');
  });
});
