import type { Role } from '../lib/roles.js';
import { computed, signal } from '../lib/signals.js';

export const themeChoices = ['auto', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = 'light' | 'dark';

export const contrastChoices = ['auto', 'normal', 'more'] as const;
export type ContrastChoice = (typeof contrastChoices)[number];
export type Contrast = 'normal' | 'more';

export const languages = ['en', 'nl', 'fr'] as const;
export type Language = (typeof languages)[number];

const dark = window.matchMedia('(prefers-color-scheme: dark)');
const moreContrast = window.matchMedia('(prefers-contrast: more)');

/** What belongs to the person at this browser rather than to the view: theme, contrast and language. */
class Preferences {
  readonly #themeChoice = signal(stored('theme', themeChoices) ?? 'auto');
  readonly #contrastChoice = signal(stored('contrast', contrastChoices) ?? 'auto');
  readonly #systemContrast = signal(moreContrast.matches);
  readonly #language = signal(stored('language', languages) ?? browserLanguage());
  readonly #systemDark = signal(dark.matches);
  readonly #theme = computed<Theme>(() => {
    const choice = this.#themeChoice.get();
    if (choice !== 'auto') return choice;
    return this.#systemDark.get() ? 'dark' : 'light';
  });

  constructor() {
    dark.addEventListener('change', (event) => this.#systemDark.set(event.matches));
    moreContrast.addEventListener('change', (event) => this.#systemContrast.set(event.matches));
  }

  get themeChoice(): ThemeChoice {
    return this.#themeChoice.get();
  }

  set themeChoice(choice: ThemeChoice) {
    this.#themeChoice.set(choice);
    store('theme', choice);
  }

  /** The theme in force, after asking the system where the choice is `auto`. */
  get theme(): Theme {
    return this.#theme.get();
  }

  get contrastChoice(): ContrastChoice {
    return this.#contrastChoice.get();
  }

  set contrastChoice(choice: ContrastChoice) {
    this.#contrastChoice.set(choice);
    store('contrast', choice);
  }

  /** The contrast in force, after asking the system where the choice is `auto`. */
  get contrast(): Contrast {
    const choice = this.#contrastChoice.get();
    if (choice !== 'auto') return choice;
    return this.#systemContrast.get() ? 'more' : 'normal';
  }

  get language(): Language {
    return this.#language.get();
  }

  set language(language: Language) {
    this.#language.set(language);
    store('language', language);
  }

  /** Whether the person was shown or declined the tour of a role here. */
  hasSeenTour(role: Role): boolean {
    return read(`tour.${role}`) === 'yes';
  }

  noteTourSeen(role: Role): void {
    store(`tour.${role}`, 'yes');
  }

  /** What was kept under a name by `keep`; null where nothing was. */
  kept(name: string): string | null {
    return read(name);
  }

  keep(name: string, text: string): void {
    store(name, text);
  }

  isFolded(panel: string): boolean {
    return read(`folded.${panel}`) === 'yes';
  }

  setFolded(panel: string, folded: boolean): void {
    store(`folded.${panel}`, folded ? 'yes' : 'no');
  }
}

function browserLanguage(): Language {
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2));
  return wanted.map((tag) => languages.find((known) => known === tag)).find(Boolean) ?? 'en';
}

function stored<Value extends string>(name: string, allowed: readonly Value[]): Value | undefined {
  const text = read(name);
  return allowed.find((value) => value === text);
}

/** Storage may be forbidden (private windows); the choice then lasts as long as the page. */
function read(name: string): string | null {
  try {
    return window.localStorage.getItem(`catchment.${name}`);
  } catch {
    return null;
  }
}

function store(name: string, value: string): void {
  try {
    window.localStorage.setItem(`catchment.${name}`, value);
  } catch {
    return;
  }
}

export const preferences = new Preferences();
