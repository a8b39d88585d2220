import iconv from 'iconv-lite';
import { SaxesParser, type SaxesTag } from 'saxes';
import { detectEncoding } from '../detect/encoding.js';
import { formatBytes } from './unpack-limit.js';
import { sampleOf } from './open-file.js';
import type { FoundEncoding } from './source-row.js';

/** An element with all it holds, taken out of a large document. */
export type XmlFragment = {
  /** Local name of the element. */
  readonly name: string;
  /** The element as text of its own, without namespace prefixes but that of Google's extensions. */
  readonly xml: string;
  /** Names of the folders around it, the outermost first. */
  readonly folders: readonly string[];
};

/** Longest element that is held in memory, in characters. */
const longestFragment = 64 * 2 ** 20;

/**
 * Cuts the named elements out of a document while it is read, so that memory holds one at a time.
 *
 * @throws Error where the document is not well-formed, or one element is too long
 */
export async function* xmlFragments(
  texts: AsyncIterable<string>,
  names: ReadonlySet<string>,
): AsyncGenerator<XmlFragment> {
  const cutter = new FragmentCutter(names);
  for await (const text of texts) yield* cutter.write(text);
  yield* cutter.end();
}

/** The character set of an XML file: the one that its first line names, else by its bytes. */
export async function xmlEncoding(path: string): Promise<FoundEncoding> {
  const bytes = await sampleOf(path);
  const detected = detectEncoding(bytes);
  if (detected.by === 'mark' || detected.name.startsWith('utf-16')) return detected;
  const head = bytes.subarray(0, 200).toString('latin1');
  const named = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(head)?.[1]?.toLowerCase();
  if (named === undefined || !iconv.encodingExists(named)) return detected;
  return { name: named === 'utf8' ? 'utf-8' : named, by: 'file' };
}

class FragmentCutter {
  readonly #names: ReadonlySet<string>;
  readonly #parser = new SaxesParser();
  readonly #folders: string[] = [];
  readonly #open: string[] = [];
  #found: XmlFragment[] = [];
  #xml = '';
  /** Depth at which the fragment began; undefined outside of one. */
  #depth: number | undefined;
  #name = '';
  #sinceTag = 0;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
    this.#parser.on('error', (error) => {
      throw new Error(`is not well-formed XML: ${error.message}`);
    });
    this.#parser.on('opentag', (tag) => this.#opened(tag));
    this.#parser.on('closetag', () => this.#closed());
    this.#parser.on('text', (text) => this.#texted(text));
    this.#parser.on('cdata', (text) => this.#texted(text));
  }

  write(text: string): readonly XmlFragment[] {
    this.#sinceTag += text.length;
    if (this.#sinceTag > longestFragment || this.#xml.length > longestFragment) {
      throw new Error(`holds an element of more than ${formatBytes(longestFragment)}`);
    }
    this.#parser.write(text);
    return this.#take();
  }

  end(): readonly XmlFragment[] {
    this.#parser.close();
    return this.#take();
  }

  #take(): readonly XmlFragment[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  #opened({ name: full, attributes }: SaxesTag): void {
    this.#sinceTag = 0;
    const name = localName(full);
    this.#open.push(name);
    if (this.#depth === undefined && this.#names.has(name)) {
      this.#depth = this.#open.length;
      this.#xml = '';
    }
    if (this.#depth === undefined) {
      if (name === 'Folder') this.#folders.push('');
      if (name === 'name') this.#name = '';
      return;
    }
    const pairs = Object.entries(attributes).filter(([key]) => !key.startsWith('xmlns'));
    const written = pairs.map(([key, value]) => ` ${localName(key)}="${escape(String(value))}"`);
    this.#xml += `<${name}${written.join('')}>`;
  }

  #closed(): void {
    this.#sinceTag = 0;
    const name = this.#open.at(-1) ?? '';
    if (this.#depth === undefined) {
      if (name === 'Folder') this.#folders.pop();
      const isFolderName = name === 'name' && this.#open.at(-2) === 'Folder';
      if (isFolderName) this.#folders[this.#folders.length - 1] = this.#name.trim();
    } else {
      this.#xml += `</${name}>`;
      if (this.#open.length === this.#depth) {
        const folders = this.#folders.filter((folder) => folder !== '');
        this.#found.push({ name, xml: this.#xml, folders });
        this.#depth = undefined;
        this.#xml = '';
      }
    }
    this.#open.pop();
  }

  #texted(text: string): void {
    if (this.#depth !== undefined) this.#xml += escape(text);
    else if (this.#open.at(-1) === 'name') this.#name += text;
  }
}

function localName(name: string): string {
  return name.startsWith('gx:') ? name : name.slice(name.indexOf(':') + 1);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}
