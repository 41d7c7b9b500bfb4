// One of our own programs in a test: says what it was told in `HOW` and lives accordingly.

const how = process.env['HOW'];
process.stdout.write(`up, process ${process.pid}\n`);
if (how === 'fails') process.exit(3);
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
