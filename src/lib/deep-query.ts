/** The first element that matches anywhere below `root`, shadow roots included; null where there is none. */
export function deepQuery(root: ParentNode, selector: string): HTMLElement | null {
  const here = root.querySelector<HTMLElement>(selector);
  if (here) return here;
  for (const element of root.querySelectorAll('*')) {
    const found = element.shadowRoot && deepQuery(element.shadowRoot, selector);
    if (found) return found;
  }
  return null;
}
