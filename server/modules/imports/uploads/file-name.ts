const longest = 120;
// What Windows, macOS or Linux keeps for itself, and what cannot be seen.
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * A name that can be given to a file on any system, close to the one that a person knows: without folders,
 * control characters and leading points, short enough, and never empty. The ending stays.
 */
export function safeFileName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const cleaned = last.replace(forbidden, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  if (cleaned === '') return 'file';
  const ending = /(\.[A-Za-z0-9]{1,10}){0,2}$/.exec(cleaned)?.[0] ?? '';
  const stem = cleaned.slice(0, cleaned.length - ending.length);
  return `${[...stem].slice(0, longest - ending.length).join('')}${ending}`;
}
