import { Command, InvalidArgumentError } from 'commander';
import { sentenceOf } from './sentence.ts';

/** The command line. Each command is loaded when it is used, so that `--help` is instant. */
const program = new Command('focalpoint')
  .description("The year of a treaty's secretariat: letters to States Parties, approvals, reports")
  .showHelpAfterError('(focalpoint --help lists the commands)')
  .helpCommand('help [command]', 'say what a command does and takes')
  .addHelpText(
    'after',
    '\nYour own mail, database and engine are named by variables: see the README. `doctor` says what is wrong.',
  );

program
  .command('start')
  .description('open the secretariat: console, letters, reminders; with a mailbox of its own unless SMTP_URL names one')
  .action(async () => (await import('./supervise.ts')).superviseProduct(process.env));

program
  .command('demo')
  .description('play a reporting year of all States Parties in a minute, then leave console and mailbox open')
  .option('--seed <number>', 'the same seed plays the same year', wholeNumber, 1)
  .option('--headless', 'play, print progress, end with the verdict', false)
  .option('--json', 'with --headless: the last line is one JSON object', false)
  .option('--pause-at <what>', 'decision: be the Coordinators yourself; the clock waits for you', pausePoint)
  .action(async (options) => {
    process.exitCode = await (await import('./demo.ts')).demo(options);
  });

program
  .command('doctor')
  .description('look at all that Focalpoint needs, and say what is wrong and the fix')
  .option('--json', 'one JSON object', false)
  .action(async (options) => {
    process.exitCode = await (await import('./doctor.ts')).doctor(options);
  });

const importing = program.command('import').description('put your own contacts and people in the register');
const IMPORTS = {
  contacts: 'the addresses of missions and ministries, from a CSV or Excel file; checks only, unless --write is given',
  people: 'the Coordinators and the ISU in office, from a CSV or Excel file; checks only, unless --write is given',
};
for (const what of ['contacts', 'people'] as const) {
  importing
    .command(`${what} <file>`)
    .description(IMPORTS[what])
    .option('--write', 'write to the register when every row is right; nothing half imported', false)
    .action(async (file: string, options: { write: boolean }) => {
      process.exitCode = await (await import('./import.ts')).importRegister({ what, file, ...options });
    });
}

program
  .command('export')
  .description('write what proves letters and approvals into a folder, for others to check')
  .command('proof')
  .description('one letter, one approval with its letters, or everything')
  .option('--letter <id>', 'the letter with this number')
  .option('--approval <id>', 'the approval with this number')
  .option('--all', 'everything', false)
  .requiredOption('--to <folder>', 'a new folder')
  .action(async ({ letter, approval, all, to }: { letter?: string; approval?: string; all: boolean; to: string }) => {
    const kind = letter ? 'letter' : approval ? 'approval' : all ? 'all' : null;
    if (!kind) throw new Error('Say what: --letter, --approval or --all.');
    const about = { kind, id: letter ?? approval ?? null } as const;
    process.exitCode = await (await import('./export.ts')).exportProof({ about, to });
  });

program
  .command('verify <folder>')
  .description('check an exported proof: hashes, approvals, the chain of the timeline')
  .action(async (folder: string) => {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    process.exitCode = await (await import('../verify/main.ts')).verify(folder, say);
  });

// Also for what nobody awaits: a person reads a sentence, never a stack.
process.on('uncaughtException', endWith);
await program.parseAsync(process.argv).catch(endWith);

function endWith(error: unknown): never {
  process.stderr.write(`${sentenceOf(error)}\n`);
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
