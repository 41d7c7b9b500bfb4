import { takeLock } from '../../embedded/lock.mjs';

// One of several that want the same folder at once: says whether it got it, and stays.

const { release } = await takeLock(process.argv[2]);
process.stdout.write(release ? 'holds\n' : 'refused\n');
setInterval(() => {}, 60_000);
