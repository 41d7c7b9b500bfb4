/**
 * What a person reads of an error. Ours are sentences already; Prisma's end with one, after the code that asked; an error
 * of several attempts says nothing itself.
 */
export function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && !error.message) return sentenceOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const lines = error.message.split('\n').filter((line) => line.trim() !== '');
  return (error.name.startsWith('PrismaClient') ? lines.at(-1) : lines.join('\n')) || error.name;
}
