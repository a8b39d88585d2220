import { configureLocalization, type LocaleModule } from '@lit/localize';
import { toTemplates } from './templates.js';

const loaders: Record<string, () => Promise<Readonly<Record<string, string>>>> = {
  nl: async () => (await import('./nl.js')).nl,
  fr: async () => (await import('./fr.js')).fr,
};

/** Switches the language of every `@localized()` element; English needs no file. */
export const { getLocale, setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: Object.keys(loaders),
  loadLocale: async (locale): Promise<LocaleModule> => {
    const load = loaders[locale];
    if (!load) throw new Error(`There is no language ${locale}.`);
    return { templates: toTemplates(await load()) };
  },
});
