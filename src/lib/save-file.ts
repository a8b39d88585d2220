/** Time for the browser to take the file over before its address ends. */
const revokeAfterMs = 60_000;

/** Lets the browser save bytes under a name, as it saves any download. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), revokeAfterMs);
}
