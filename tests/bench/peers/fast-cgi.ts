import net from 'node:net';

const version = 1;
const beginRequest = 1;
const endRequest = 3;
const params = 4;
const stdin = 5;
const stdout = 6;
const requestId = 1;
const headerBytes = 8;
const responder = 1;
const keepConnection = 1;

/** One open connection to a FastCGI process; requests go one after another. */
export class FastCgiClient {
  readonly #socket: net.Socket;
  #bytes: Buffer = Buffer.alloc(0);
  #output: Buffer[] = [];
  #settle: ((body: Buffer) => void) | undefined;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (data) => this.#take(data));
  }

  static async connect(port: number): Promise<FastCgiClient> {
    const socket = net.connect(port, '127.0.0.1');
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
    return new FastCgiClient(socket);
  }

  /** What the process writes for a GET with this query string, its header lines included. */
  get(query: string): Promise<Buffer> {
    const names = { REQUEST_METHOD: 'GET', QUERY_STRING: query, SCRIPT_NAME: '/mapserv' };
    const begin = Buffer.from([0, responder, keepConnection, 0, 0, 0, 0, 0]);
    this.#socket.write(
      Buffer.concat([
        record(beginRequest, begin),
        record(params, Buffer.concat(Object.entries(names).map(pair))),
        record(params, Buffer.alloc(0)),
        record(stdin, Buffer.alloc(0)),
      ]),
    );
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(data: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, data]);
    while (this.#bytes.length >= headerBytes) {
      const length = this.#bytes.readUInt16BE(4);
      const end = headerBytes + length + this.#bytes[6]!;
      if (this.#bytes.length < end) return;
      const type = this.#bytes[1];
      if (type === stdout)
        this.#output.push(this.#bytes.subarray(headerBytes, headerBytes + length));
      this.#bytes = this.#bytes.subarray(end);
      if (type !== endRequest) continue;
      this.#settle?.(Buffer.concat(this.#output));
      this.#output = [];
    }
  }
}

function record(type: number, content: Buffer): Buffer {
  const header = Buffer.alloc(headerBytes);
  header[0] = version;
  header[1] = type;
  header.writeUInt16BE(requestId, 2);
  header.writeUInt16BE(content.length, 4);
  return Buffer.concat([header, content]);
}

/** A name and value shorter than 128 bytes or not, each with its length before it. */
function pair([name, value]: [string, string]): Buffer {
  return Buffer.concat([lengthOf(name), lengthOf(value), Buffer.from(name + value)]);
}

function lengthOf(text: string): Buffer {
  const length = Buffer.byteLength(text);
  if (length < 128) return Buffer.from([length]);
  const long = Buffer.alloc(4);
  long.writeUInt32BE(length + 2 ** 31);
  return long;
}
