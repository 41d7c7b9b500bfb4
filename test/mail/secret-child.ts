import { secretKey } from '../../adapters/secret-key.ts';

/** One of several processes that want the secret of a new folder at the same moment. */
process.once('message', () => {
  process.send?.(secretKey({ configured: null, folder: process.argv[2]! }).toString('hex'));
  process.disconnect();
});
process.send?.('ready');
