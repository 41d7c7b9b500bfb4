import Handlebars from 'handlebars';

/** One place where a letter needs a value, and the conditions under which that place is shown. */
export type Use = { field: string; kind: 'text' | 'list'; when: { field: string; present: boolean }[] };

/** Fills the placeholders; HTML comes out escaped, plain text as it is. */
export type Fill = (values: object) => string;

/** A template that says more than our small dialect allows. */
class BadPlaceholder extends Error {}

/**
 * Where the source needs which value. The dialect is `{{field}}`, `{{#if field}}…{{else}}…{{/if}}` and
 * `{{#each field}}…{{this}}…{{/each}}`; whatever else Handlebars could do (raw output, helpers, partials, paths) is
 * refused here, before a template is ever compiled.
 */
export function usesIn(source: string): Use[] {
  if (source.includes('\\{{')) throw new BadPlaceholder('a placeholder may not be escaped with \\');
  return walk(Handlebars.parse(source), { when: [], inList: false });
}

type Scope = { when: Use['when']; inList: boolean };

function walk(program: hbs.AST.Program | undefined, scope: Scope): Use[] {
  return (program?.body ?? []).flatMap((statement): Use[] => {
    if (statement.type === 'ContentStatement' || statement.type === 'CommentStatement') return [];
    if (statement.type === 'MustacheStatement') return placeholder(statement as hbs.AST.MustacheStatement, scope);
    if (statement.type === 'BlockStatement') return block(statement as hbs.AST.BlockStatement, scope);
    throw new BadPlaceholder(`${statement.type} is not allowed`);
  });
}

function placeholder(statement: hbs.AST.MustacheStatement, scope: Scope): Use[] {
  const name = fieldOf(statement.path);
  if (!statement.escaped) throw new BadPlaceholder(`{{{${name}}}} would print unescaped`);
  if (statement.params.length || statement.hash?.pairs.length) throw new BadPlaceholder(`{{${name} …}} calls a helper`);
  if (name === 'this') {
    if (!scope.inList) throw new BadPlaceholder('{{this}} stands outside {{#each}}');
    return [];
  }
  if (scope.inList) throw new BadPlaceholder(`{{${name}}} stands inside {{#each}}, which only shows {{this}}`);
  return [{ field: name, kind: 'text', when: scope.when }];
}

function block(statement: hbs.AST.BlockStatement, scope: Scope): Use[] {
  const kind = (statement.path as hbs.AST.PathExpression).original;
  const condition = statement.params[0];
  if (!condition || statement.params.length > 1 || statement.hash?.pairs.length || scope.inList)
    throw new BadPlaceholder(`{{#${kind}}} takes one field and stands outside {{#each}}`);
  if (kind !== 'if' && (kind !== 'each' || statement.inverse))
    throw new BadPlaceholder(`{{#${kind}}} is not one of {{#if}}, {{#each}}`);
  const field = fieldOf(condition);
  const within = (present: boolean): Scope => ({ ...scope, when: [...scope.when, { field, present }] });
  if (kind === 'if') return [...walk(statement.program, within(true)), ...walk(statement.inverse, within(false))];
  return [{ field, kind: 'list', when: scope.when }, ...walk(statement.program, { ...scope, inList: true })];
}

function fieldOf(expression: hbs.AST.Node): string {
  const path = expression as hbs.AST.PathExpression;
  const plain = path.type === 'PathExpression' && path.depth === 0 && !path.data;
  if (plain && path.original === 'this') return 'this';
  if (!plain || path.parts.length !== 1 || !/^[a-z][A-Za-z0-9]*$/.test(path.original) || FORBIDDEN.has(path.original))
    throw new BadPlaceholder(`“${path.original}” is not the name of a field`);
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
