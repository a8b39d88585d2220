import type { Card, CardLayer } from '../../server/contract/geography.js';
import { get } from './client.js';

/** What is known of one road, building, zone or place. */
export function getCard(layer: CardLayer, id: number, signal?: AbortSignal): Promise<Card> {
  return get<Card>(`/api/geography/${layer}/${id}`, { signal });
}
