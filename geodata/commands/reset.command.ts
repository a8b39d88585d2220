import { z } from 'zod';
import { projectContents, resetProject, type ProjectContents } from '../project/reset-project.js';
import { UsageError, type Command } from './command.js';
import { parseOptions } from './parse-options.js';

const resetOptions = z.object({
  yes: z.boolean().optional().describe('Really do it; without it, only what would go is said'),
});

/** Empties the project, so that one's own region takes the place of the demo. */
export const resetCommand: Command = {
  name: 'reset',
  usage: '--yes',
  describe: 'Empty the project to load your own region; users and tokens stay',
  run: async (args, context) => {
    const { values } = parseOptions(args, resetOptions);
    const database = await context.database();
    const contents = await projectContents(database);
    if (values['yes'] !== true) {
      throw new UsageError(`${describeContents(contents)}\nNothing was done: say --yes to do it.`);
    }
    await resetProject(database);
    context.print('The project is empty. Load your region with: catchment import RECIPE.yaml');
  },
};

function describeContents({ project, ...rows }: ProjectContents): string {
  const parts = Object.entries(rows).map(
    ([name, count]) => `${count.toLocaleString('en')} ${name}`,
  );
  return `This would take everything out of “${project}”: ${parts.join(', ')}, and its settings.`;
}
