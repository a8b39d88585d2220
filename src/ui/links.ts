/**
 * Whether a click on a link is meant for this page: the plain primary button, without a key that
 * asks for a new tab or window.
 */
export function isPlainClick(event: MouseEvent): boolean {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return event.button === 0 && !modified && !event.defaultPrevented;
}
