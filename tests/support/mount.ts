import { render, type TemplateResult } from 'lit';

/** Puts a template on the page and waits until its first element has rendered. */
export async function mount<Mounted extends HTMLElement>(
  template: TemplateResult,
): Promise<Mounted> {
  document.body.replaceChildren();
  const container = document.createElement('div');
  document.body.append(container);
  render(template, container);
  const element = container.firstElementChild as Mounted;
  if ('updateComplete' in element) await element.updateComplete;
  return element;
}

/** The first element inside the shadow root that matches; throws when there is none. */
export function inside<Found extends Element = HTMLElement>(
  host: Element,
  selector: string,
): Found {
  const found = host.shadowRoot?.querySelector<Found>(selector);
  if (!found) throw new Error(`<${host.localName}> has no ${selector}.`);
  return found;
}
