import { runCli } from '../../../geodata/cli.js';

/**
 * The command line as a process that can be killed: runs the commands that it is sent, one after the other, and
 * answers their exit codes. It ends after one that failed, as the command line does.
 */
process.on('message', (args: string[]) => {
  const said: string[] = [];
  const tell = (text: string) => void said.push(text);
  runCli(args, { print: tell, printError: tell, onProgress: () => undefined }).then(
    (code) =>
      process.send?.({ code, said: said.join('\n') }, () => code !== 0 && process.exit(code)),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
