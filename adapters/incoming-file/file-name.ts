import { cleanLine } from '../../domain/letter-text.ts';

const LONGEST = 150;
/** Names that mean a device and not a file where the file may one day be saved (Windows). */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** The name as it may be shown and saved: no folders, no invisible characters, not too long, its ending kept. */
export function cleanFileName(given: string): string {
  const last = cleanLine(given.normalize('NFC')).split(/[/\\]/).at(-1) ?? '';
  const name = last.replace(/[<>:"|?*]/g, '_').replace(/^[.\s]+(?=.*\.)|[.\s]+$/g, '');
  const [, stem = '', ending = ''] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/.exec(name) ?? [];
  const short = stem.slice(0, LONGEST).toWellFormed();
  return DEVICE.test(name) || short === '' ? `_${short}${ending}` : `${short}${ending}`;
}
