import iconv from 'iconv-lite';
import { detectEncoding } from '../../detect/encoding.js';
import type { FoundEncoding } from '../source-row.js';

/** Character sets by the language byte of dBASE, as Esri and FoxPro write it. */
const byLanguage: Readonly<Record<number, string>> = {
  0x01: 'cp437',
  0x02: 'cp850',
  0x03: 'windows-1252',
  0x08: 'cp865',
  0x09: 'cp437',
  0x0a: 'cp850',
  0x0d: 'cp437',
  0x0e: 'cp850',
  0x10: 'cp850',
  0x13: 'shift_jis',
  0x14: 'cp850',
  0x1a: 'cp850',
  0x1d: 'cp850',
  0x1f: 'cp852',
  0x25: 'cp850',
  0x37: 'cp850',
  0x4d: 'gbk',
  0x4e: 'euc-kr',
  0x4f: 'big5',
  0x57: 'windows-1252',
  0x58: 'windows-1252',
  0x59: 'windows-1252',
  0x64: 'cp852',
  0x65: 'cp866',
  0x7a: 'gbk',
  0xc8: 'windows-1250',
  0xc9: 'windows-1251',
  0xca: 'windows-1254',
  0xcb: 'windows-1253',
  0xcc: 'windows-1257',
};

/**
 * The character set of a table: by its .cpg file, else by what the bytes themselves prove, else by the
 * language byte. The byte is often a mere default, so valid UTF-8 goes before it.
 *
 * @param cpg text of the .cpg file, for example `UTF-8`, `ISO 88591` or `1252`
 */
export function dbfEncoding(
  cpg: string | undefined,
  language: number,
  records: Uint8Array,
): FoundEncoding {
  const named = cpg === undefined ? undefined : cpgEncoding(cpg);
  if (named !== undefined) return { name: named, by: 'file' };
  const detected = detectEncoding(records);
  const byByte = byLanguage[language];
  if (detected.by === 'content' || byByte === undefined) return detected;
  return { name: byByte, by: 'file' };
}

function cpgEncoding(cpg: string): string | undefined {
  const name = cpg.trim().toLowerCase();
  const iso = /^(?:iso)?[\s_-]*8859[\s_-]?(\d{1,2})$/.exec(name)?.[1];
  const page = /^(?:ansi|oem|cp|windows)?[\s_-]*(\d{3,5})$/.exec(name)?.[1];
  const candidates = [
    page === '65001' || name === 'utf8' ? 'utf-8' : undefined,
    iso && `iso-8859-${iso}`,
    page && (Number(page) >= 1250 ? `windows-${page}` : `cp${page}`),
    name,
  ];
  return candidates.find((candidate) => candidate && iconv.encodingExists(candidate)) || undefined;
}
