import type { Caution } from '../../domain/file-cautions.ts';
import { Refused } from '../../domain/refusals.ts';

/** What a report does not need: objects of other programs, text of other formats that Word would convert. */
const OBJECT = /\/(oleObject|control|aFChunk|subDocument|vbaProject)$/i;
/** A template on a drive of the author is only a name; one on a server would be fetched by whoever opens the file. */
const LOCAL_TEMPLATE = /^(file:\/\/\/[a-z]:|[\w. -]+$)/i;
const ORDINARY_LINK = /^(https?:|mailto:|#|[^:]*$)/i;

/** What a part of a Word file (`.rels`) says it belongs with. Throws {@link Refused} fileUnsafe. */
export function lookAtRelationships(part: string): Caution[] {
  // Not up to the next ">": an attribute may hold one, and never a "<".
  const tags = part.split('<').filter((tag) => /^(\w+:)?Relationship\s/.test(tag));
  return tags.some((tag) => pointsElsewhere(attributesOf(tag))) ? ['pointsElsewhere'] : [];
}

function attributesOf(tag: string): Record<string, string> {
  const pairs = [...tag.matchAll(/(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
  return Object.fromEntries(pairs.map(([, name, double, single]) => [name!, (double ?? single)!.trim()]));
}

function pointsElsewhere({ Type = '', Target = '', TargetMode = '' }: Record<string, string>): boolean {
  const isExternal = TargetMode.toLowerCase() === 'external';
  // No kind needs a character reference: one that has it hides its name.
  if (Type.includes('&') || OBJECT.test(Type)) throw new Refused('fileUnsafe');
  if (/\/attachedTemplate$/i.test(Type)) {
    if (!LOCAL_TEMPLATE.test(Target)) throw new Refused('fileUnsafe');
    return false;
  }
  return isExternal && !(/\/hyperlink$/i.test(Type) && ORDINARY_LINK.test(Target));
}
