import { type Command, readArgs } from '../command.ts';
import { EXIT, UsageError } from '../io.ts';

export const lspCommand: Command = {
  name: 'lsp',
  usage: 'lsp --stdio',
  summary: 'serve an editor: diagnostics, completion, hovers and fixes over the Language Server Protocol',
  options: [['--stdio', 'speak over standard input and output; the only way there is']],
  run: async (args, io) => {
    // Editors add options of their own, such as the id of their process.
    const { positionals } = readArgs(
      args.filter((arg) => !arg.startsWith('--clientProcessId')),
      { stdio: { type: 'boolean', default: true } },
    );
    if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is one argument too many`);
    await io.serve();
    return EXIT.ok;
  },
};
