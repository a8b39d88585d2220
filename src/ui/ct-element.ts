import { updateWhenLocaleChanges } from '@lit/localize';
import { LitElement } from 'lit';
import { SignalWatcher } from '../lib/signals.js';

/** Base of all elements: renders again when a signal it read or the language changes. */
export class CtElement extends SignalWatcher(LitElement) {
  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }
}
