import { msg, str } from '@lit/localize';
import type { CommandContext } from '../features/palette/commands.js';
import { languageNames } from '../i18n/language-names.js';
import { appLocation } from '../state/location.js';
import { mapExport } from '../state/map-export.js';
import { languages, preferences } from '../state/preferences.js';
import { sessionStore } from '../state/session.js';

/** What the palette can do to the application itself. */
export function appActions({
  startTour,
}: {
  readonly startTour: () => void;
}): CommandContext['actions'] {
  const isDark = preferences.theme === 'dark';
  const isHigh = preferences.contrast === 'more';
  return [
    {
      id: 'export-map',
      icon: 'download',
      title: msg('Export the map'),
      run: () => {
        appLocation.navigate({ screen: 'explore', section: null });
        mapExport.open();
      },
    },
    {
      id: 'theme',
      icon: isDark ? 'sun' : 'moon',
      title: isDark ? msg('Light theme') : msg('Dark theme'),
      run: () => (preferences.themeChoice = isDark ? 'light' : 'dark'),
    },
    {
      id: 'contrast',
      icon: 'contrast',
      title: isHigh ? msg('Normal contrast') : msg('High contrast'),
      run: () => (preferences.contrastChoice = isHigh ? 'normal' : 'more'),
    },
    ...languages
      .filter((language) => language !== preferences.language)
      .map((language) => ({
        id: `language ${language}`,
        icon: 'languages' as const,
        title: msg(str`Language: ${languageNames[language]}`),
        run: () => (preferences.language = language),
      })),
    { id: 'tour', icon: 'help', title: msg('Show me around'), run: startTour },
    {
      id: 'sign-out',
      icon: 'sign-out',
      title: msg('Sign out'),
      run: () => void sessionStore.signOut(),
    },
  ];
}
