import type { PointCall, PointCallName, PointCalls, PointReply } from './protocol.js';

interface Waiting {
  resolve(output: PointCalls[PointCallName]['output']): void;
  reject(error: Error): void;
}

/** Asks the worker that keeps the points; it starts with the first question. */
export class PointClient {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #lastId = 0;

  ask<Name extends PointCallName>(
    name: Name,
    input: PointCalls[Name]['input'],
  ): Promise<PointCalls[Name]['output']> {
    const worker = (this.#worker ??= this.#start());
    const id = (this.#lastId += 1);
    const call: PointCall = { id, name, input };
    worker.postMessage(call);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
    });
  }

  /** Ends the worker; what was asked is never answered. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = new Worker(new URL('./point-worker.ts', import.meta.url), { type: 'module' });
    worker.onmessage = ({ data }: MessageEvent<PointReply>) => {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if ('error' in data) waiting?.reject(new Error(data.error));
      else waiting?.resolve(data.output);
    };
    worker.onerror = (event) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message));
      this.#waiting.clear();
    };
    return worker;
  }
}
