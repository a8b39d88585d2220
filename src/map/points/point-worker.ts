import { PointStore } from './point-store.js';
import type { PointCall, PointCallName, PointReply } from './protocol.js';

/** What is used of the worker's global scope, whose types clash with those of pages. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<PointCall>) => void) | null;
  postMessage(reply: PointReply, transfer: Transferable[]): void;
}

const scope = globalThis as unknown as WorkerScope;
const store = new PointStore((address, init) => fetch(address, init));

scope.onmessage = ({ data: { id, name, input } }) => {
  answer(name, input)
    .then((output) => scope.postMessage({ id, output }, buffersOf(output)))
    .catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      scope.postMessage({ id, error: message }, []);
    });
};

async function answer(name: PointCallName, input: PointCall['input']) {
  const call = store[name] as (given: typeof input) => PointAnswer | Promise<PointAnswer>;
  return call.call(store, input);
}

type PointAnswer = Extract<PointReply, { output: unknown }>['output'];

/** Buffers of an answer that are handed over rather than copied. */
function buffersOf(output: PointAnswer): Transferable[] {
  if (output === null || typeof output !== 'object') return [];
  if ('parts' in output) {
    return output.parts.flatMap(({ positions, classes, sizes }) =>
      [positions, classes, sizes].flatMap((column) => (column ? [column.buffer] : [])),
    );
  }
  return 'densities' in output ? [output.densities.buffer as ArrayBuffer] : [];
}
