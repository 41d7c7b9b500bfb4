import { lockFolder } from '../../embedded/folder.ts';
import { startPostgres } from '../../embedded/postgres.ts';

// Another copy of the product, to be killed: holds the folder, starts its database, and stays.

const folder = String(process.argv[2]);
await lockFolder(folder);
const { url, pid } = await startPostgres({ folder });
process.stdout.write(`${JSON.stringify({ url, pid })}\n`);
setInterval(() => {}, 60_000);
