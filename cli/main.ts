import { Command, InvalidArgumentError } from 'commander';

/** The command line. Each command is loaded when it is used, so that `--help` is instant. */
const program = new Command('focalpoint')
  .description('Workflows and letters for the Gender Focal Points of a treaty')
  .showHelpAfterError('(focalpoint --help lists the commands)');

program
  .command('start')
  .description('start the product; what the environment does not name (database, engine, mail) is embedded')
  .action(async () => (await import('./supervise.ts')).superviseProduct(process.env));

program
  .command('demo')
  .description('play a reporting year on the real workflows, then leave console and mailbox open')
  .option('--seed <number>', 'the same seed plays the same year', wholeNumber, 1)
  .option('--headless', 'play, print progress, end with the verdict', false)
  .option('--json', 'with --headless: the last line is one JSON object', false)
  .option('--pause-at <what>', 'decision: stand still until you have approved in the mailbox', pausePoint)
  .action(async (options) => {
    process.exitCode = await (await import('./demo.ts')).demo(options);
  });

program
  .command('doctor')
  .description('check Node, ports, disk, binaries, database, engine and mail; say what is wrong and the fix')
  .option('--json', 'one JSON object', false)
  .action(async (options) => {
    process.exitCode = await (await import('./doctor.ts')).doctor(options);
  });

const importing = program.command('import').description('put your own contacts or people in the register');
for (const what of ['contacts', 'people'] as const) {
  importing
    .command(`${what} <file>`)
    .description(`read ${what} from a CSV or XLSX file; checks only, unless --write is given`)
    .option('--write', 'write to the register when every row is right; nothing half imported', false)
    .action(async (file: string, options: { write: boolean }) => {
      process.exitCode = await (await import('./import.ts')).importRegister({ what, file, ...options });
    });
}

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 0) throw new InvalidArgumentError('Give a whole number, 0 or more.');
  return number;
}

function pausePoint(text: string): 'decision' {
  if (text !== 'decision') throw new InvalidArgumentError('The only place to pause at is "decision".');
  return text;
}
