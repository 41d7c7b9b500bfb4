import Handlebars from 'handlebars';

/** One place where a letter looks at a value: its line, and the conditions under which that place is shown. */
export type Use = {
  field: string;
  kind: 'text' | 'list' | 'condition';
  when: { field: string; present: boolean }[];
  line: number;
};

/** Fills the placeholders; HTML comes out escaped, plain text as it is. */
export type Fill = (values: object) => string;

/** A template that says more than our small dialect allows; `line` of the source, counted from 1. */
class BadPlaceholder extends Error {
  readonly line: number | null;
  constructor(why: string, at?: hbs.AST.Node | number) {
    super(why);
    this.line = typeof at === 'number' ? at : (at?.loc.start.line ?? null);
  }
}

/**
 * Where the source needs which value. The dialect is `{{field}}`, `{{#if field}}…{{else}}…{{/if}}` and
 * `{{#each field}}…{{this}}…{{/each}}`; whatever else Handlebars could do (raw output, helpers, partials, paths) is
 * refused here, before a template is ever compiled.
 */
export function usesIn(source: string): Use[] {
  const escaped = source.indexOf('\\{{');
  if (escaped >= 0) throw new BadPlaceholder('a placeholder may not be escaped with \\', lineOf(source, escaped));
  return walk(parsed(source), { when: [], inList: false });
}

function parsed(source: string): hbs.AST.Program {
  try {
    return Handlebars.parse(source);
  } catch (fault) {
    const line = /on line (\d+)/.exec(String(fault))?.[1] ?? (fault as { lineNumber?: number }).lineNumber;
    throw new BadPlaceholder('Parse error: braces, or {{#…}} and {{/…}}, do not match', Number(line) || undefined);
  }
}

/** Counted from 1. */
export function lineOf(source: string, index: number): number {
  return source.slice(0, index).split('\n').length;
}

type Scope = { when: Use['when']; inList: boolean };

function walk(program: hbs.AST.Program | undefined, scope: Scope): Use[] {
  return (program?.body ?? []).flatMap((statement): Use[] => {
    if (statement.type === 'ContentStatement' || statement.type === 'CommentStatement') return [];
    if (statement.type === 'MustacheStatement') return placeholder(statement as hbs.AST.MustacheStatement, scope);
    if (statement.type === 'BlockStatement') return block(statement as hbs.AST.BlockStatement, scope);
    throw new BadPlaceholder(`${statement.type} is not allowed`, statement);
  });
}

function placeholder(statement: hbs.AST.MustacheStatement, scope: Scope): Use[] {
  const name = fieldOf(statement.path);
  if (!statement.escaped) throw new BadPlaceholder(`{{{${name}}}} would print unescaped`, statement);
  if (statement.params.length || statement.hash?.pairs.length)
    throw new BadPlaceholder(`{{${name} …}} calls a helper`, statement);
  if (name === 'this') {
    if (!scope.inList) throw new BadPlaceholder('{{this}} stands outside {{#each}}', statement);
    return [];
  }
  if (scope.inList)
    throw new BadPlaceholder(`{{${name}}} stands inside {{#each}}, which only shows {{this}}`, statement);
  return [{ field: name, kind: 'text', when: scope.when, line: statement.loc.start.line }];
}

function block(statement: hbs.AST.BlockStatement, scope: Scope): Use[] {
  const kind = (statement.path as hbs.AST.PathExpression).original;
  const condition = statement.params[0];
  if (!condition || statement.params.length > 1 || statement.hash?.pairs.length || scope.inList)
    throw new BadPlaceholder(`{{#${kind}}} takes one field and stands outside {{#each}}`, statement);
  if (kind !== 'if' && (kind !== 'each' || statement.inverse))
    throw new BadPlaceholder(`{{#${kind}}} is not one of {{#if}}, {{#each}}`, statement);
  const field = fieldOf(condition);
  const within = (present: boolean): Scope => ({ ...scope, when: [...scope.when, { field, present }] });
  const use = { field, when: scope.when, line: statement.loc.start.line };
  if (kind === 'if') {
    const branches = [...walk(statement.program, within(true)), ...walk(statement.inverse, within(false))];
    return [{ ...use, kind: 'condition' }, ...branches];
  }
  return [{ ...use, kind: 'list' }, ...walk(statement.program, { ...scope, inList: true })];
}

function fieldOf(expression: hbs.AST.Node): string {
  const path = expression as hbs.AST.PathExpression;
  const plain = path.type === 'PathExpression' && path.depth === 0 && !path.data;
  if (plain && path.original === 'this') return 'this';
  if (!plain || path.parts.length !== 1 || !/^[a-z][A-Za-z0-9]*$/.test(path.original) || FORBIDDEN.has(path.original))
    throw new BadPlaceholder(`“${path.original}” is not the name of a field`, expression);
  return path.original;
}

const FORBIDDEN = new Set(['if', 'each', 'with', 'unless', 'lookup', 'log', 'constructor']);

/** Compiles a source that `usesIn` has passed. Only `plainText` comes out unescaped: it is never read as HTML. */
export function compile(source: string, { plainText }: { plainText: boolean }): Fill {
  const fill = Handlebars.compile(source, {
    strict: true,
    knownHelpersOnly: true,
    noEscape: plainText,
    knownHelpers: HELPERS,
  });
  return (values) => fill(values);
}

const HELPERS = {
  helperMissing: false,
  blockHelperMissing: false,
  with: false,
  unless: false,
  log: false,
  lookup: false,
};
