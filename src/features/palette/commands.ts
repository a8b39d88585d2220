import { msg, str } from '@lit/localize';
import { layerName, measureName } from '../../i18n/words.js';
import type { SavedView } from '../../../server/contract/saved-views.js';
import type { Measure } from '../../state/measures.js';
import type { UrlState } from '../../state/url-state.js';
import type { IconName } from '../../ui/icons.js';

/** Something that the palette can do at once. */
export interface Command {
  readonly id: string;
  readonly icon: IconName;
  readonly title: string;
  readonly group: string;
  readonly run: () => void;
}

/** What commands are made from; the palette reads it from the stores. */
export interface CommandContext {
  readonly screens: readonly {
    readonly id: UrlState['screen'];
    readonly icon: IconName;
    readonly title: string;
  }[];
  readonly state: UrlState;
  readonly measures: readonly Measure[];
  readonly views: readonly SavedView[];
  readonly navigate: (patch: Partial<UrlState>) => void;
  readonly open: (address: string) => void;
  /** Actions of the application itself: themes, languages, tour, sign out. */
  readonly actions: readonly Omit<Command, 'group'>[];
}

/** All commands, in the order in which an empty palette lists them. */
export function commandsFor(context: CommandContext): readonly Command[] {
  return [
    ...screenCommands(context),
    ...viewCommands(context),
    ...layerCommands(context),
    ...measureCommands(context),
    ...context.actions.map((action) => ({ ...action, group: msg('Actions') })),
  ];
}

/** Commands whose words all begin with a word that was typed, in their order. */
export function matchingCommands(commands: readonly Command[], text: string): readonly Command[] {
  const needles = wordsOf(text);
  return commands.filter(({ title, group }) => {
    const words = wordsOf(`${title} ${group}`);
    return needles.every((needle) => words.some((word) => word.startsWith(needle)));
  });
}

function screenCommands({ screens, navigate }: CommandContext): Command[] {
  return screens.map(({ id, icon, title }) => ({
    id: `screen ${id}`,
    icon,
    title,
    group: msg('Go to'),
    run: () => navigate({ screen: id, section: null, account: null, feature: null }),
  }));
}

function viewCommands({ views, open }: CommandContext): Command[] {
  return views.map(({ id, name, address }) => ({
    id: `view ${id}`,
    icon: 'bookmark',
    title: name,
    group: msg('Saved views'),
    run: () => open(address),
  }));
}

function layerCommands({ state, navigate }: CommandContext): Command[] {
  return state.layers.map(({ id, visible }) => ({
    id: `layer ${id}`,
    icon: visible ? 'eye-off' : 'eye',
    title: visible ? msg(str`Hide ${layerName(id)}`) : msg(str`Show ${layerName(id)}`),
    group: msg('Layers'),
    run: () =>
      navigate({
        screen: 'explore',
        layers: state.layers.map((layer) =>
          layer.id === id ? { ...layer, visible: !visible } : layer,
        ),
      }),
  }));
}

function measureCommands({ measures, navigate }: CommandContext): Command[] {
  return measures.map(({ name, title }) => ({
    id: `measure ${name}`,
    icon: 'activity',
    title: measureName(name, title),
    group: msg('Measure'),
    run: () => navigate({ screen: 'explore', measure: name }),
  }));
}

/** Words in lower case without accents: "Réinitialiser" is found by "rein". */
function wordsOf(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{Diacritic}/gu, '');
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
