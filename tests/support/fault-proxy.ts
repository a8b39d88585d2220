import net from 'node:net';

/** What happens to a connection. */
export type FaultAction =
  /** Both sides are cut at once, with a reset where TCP can say so. */
  | 'reset'
  /** Nothing passes for two seconds, then everything does. */
  | 'stall'
  /** The client is told that no more will come, and what it sends is swallowed. */
  | 'half-close';

export type Fault = {
  readonly action: FaultAction;
  /** The first thing that happens of this kind sets it off; once. */
  readonly at:
    /** A new connection. */
    | 'connect'
    /** Something is sent to the server: it does not arrive. */
    | 'request'
    /** The answer to something sent since: what was asked is done, but nobody hears of it. */
    | 'answer'
    /** Some bytes of the answer were passed on. */
    | 'mid-answer'
    /** Much was sent on one connection, as in a COPY. */
    | 'bulk';
  /** Only for a request that holds this text, and for its answer. */
  readonly containing?: string;
};

const stallMs = 2000;
const passedBytes = 40;
const bulkBytes = 100_000;

type Pair = {
  readonly client: net.Socket;
  readonly server: net.Socket;
  /** Sent since the last answer. */
  sent: number;
  answered: number;
  isBroken: boolean;
  /** What waits for the end of a stall. */
  held: (() => void)[] | undefined;
};

/** A TCP proxy on 127.0.0.1 that breaks connections when it is told to. */
export class FaultProxy {
  readonly #target: { host: string; port: number };
  readonly #listener = net.createServer({ allowHalfOpen: true }, (client) => this.#connect(client));
  readonly #pairs = new Set<Pair>();
  #fault: Fault | undefined;
  #armedFor: Pair | undefined;
  #fired = 0;

  constructor(target: { host: string; port: number }) {
    this.#target = target;
  }

  /** Starts to listen; answers the port. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#listener.listen(0, '127.0.0.1', resolve));
    return (this.#listener.address() as net.AddressInfo).port;
  }

  /** Lets the fault happen at the next occasion, once. */
  arm(fault: Fault): void {
    this.#fault = fault;
    this.#armedFor = undefined;
  }

  /** Takes back a fault that did not happen. */
  disarm(): void {
    this.#fault = undefined;
  }

  /** How many faults happened. */
  get fired(): number {
    return this.#fired;
  }

  /** Cuts every connection there is. */
  cutAll(): void {
    for (const pair of this.#pairs) this.#break(pair, 'reset');
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise((resolve) => this.#listener.close(resolve));
  }

  #connect(client: net.Socket): void {
    const server = net.connect({ ...this.#target, allowHalfOpen: true });
    const pair: Pair = { client, server, sent: 0, answered: 0, isBroken: false, held: undefined };
    this.#pairs.add(pair);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.#break(pair, 'reset'));
      socket.on('close', () => this.#pairs.delete(pair));
    }
    client.on('data', (data: Buffer) => void this.#toServer(pair, data));
    server.on('data', (data: Buffer) => void this.#toClient(pair, data));
    client.on('end', () => server.end());
    server.on('end', () => client.end());
    if (this.#fault?.at === 'connect') this.#fire(pair);
  }

  #toServer(pair: Pair, data: Buffer): void {
    if (pair.isBroken) return;
    if (pair.held) return void pair.held.push(() => this.#toServer(pair, data));
    pair.sent += data.length;
    pair.answered = 0;
    const fault = this.#fault;
    if (fault && (fault.containing === undefined || data.includes(fault.containing))) {
      this.#armedFor = pair;
      if (fault.at === 'request') return this.#fire(pair, () => pair.server.write(data));
    }
    if (fault?.at === 'bulk' && pair.sent > bulkBytes) {
      return this.#fire(pair, () => pair.server.write(data));
    }
    pair.server.write(data);
  }

  #toClient(pair: Pair, data: Buffer): void {
    if (pair.isBroken) return;
    if (pair.held) return void pair.held.push(() => this.#toClient(pair, data));
    pair.sent = 0;
    pair.answered += data.length;
    const isDue = this.#armedFor === pair;
    if (isDue && this.#fault?.at === 'answer')
      return this.#fire(pair, () => pair.client.write(data));
    if (isDue && this.#fault?.at === 'mid-answer' && pair.answered > passedBytes) {
      const passed = Math.max(0, data.length - (pair.answered - passedBytes));
      pair.client.write(data.subarray(0, passed));
      return this.#fire(pair, () => pair.client.write(data.subarray(passed)));
    }
    pair.client.write(data);
  }

  #fire(pair: Pair, resume: () => void = () => undefined): void {
    const fault = this.#fault;
    if (!fault) return;
    this.#fault = undefined;
    this.#armedFor = undefined;
    this.#fired += 1;
    if (fault.action !== 'stall') return this.#break(pair, fault.action);
    pair.held = [resume];
    setTimeout(() => {
      const held = pair.held ?? [];
      pair.held = undefined;
      for (const pass of held) pass();
    }, stallMs);
  }

  #break(pair: Pair, action: 'reset' | 'half-close'): void {
    if (pair.isBroken) return;
    pair.isBroken = true;
    this.#pairs.delete(pair);
    pair.server.destroy();
    if (action === 'reset') pair.client.resetAndDestroy();
    else pair.client.end();
  }
}
