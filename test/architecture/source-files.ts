import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** One import or re-export of a file, whether of values or of types. */
export interface Import {
  specifier: string;
  /** Path of the file it leads to; null for a package, undefined when it leads nowhere. */
  target: string | null | undefined;
}

/** A method that answers requests, and whether something says who may call it. */
export interface Route {
  name: string;
  isGuarded: boolean;
}

/** What the tests of the house want to know of a file. */
export interface SourceFile {
  /** From the top of the project, with slashes: `src/ledger/domain/lots.ts`. */
  path: string;
  lineCount: number;
  imports: Import[];
  hasDefaultExport: boolean;
  /** Something in it is computed: it is more than types and lists. */
  hasRules: boolean;
  /** Every name and property that occurs. */
  identifiers: Set<string>;
  /** Names the file exports itself. */
  exportedNames: string[];
  /** Functions, classes, interfaces and tables it exports, and routes, that do not say what they promise. */
  undocumented: string[];
  routes: Route[];
}

const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'All', 'Head', 'Options', 'Search', 'Sse']);
const GUARDS = new Set(['Roles', 'Public']);

/** All TypeScript files below these folders. */
export function readSourceFiles(...folders: string[]): Map<string, SourceFile> {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/')),
  );
  const known = new Set(paths);
  return new Map(paths.sort().map((path) => [path, readSourceFile(path, known)]));
}

function readSourceFile(path: string, known: Set<string>): SourceFile {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const file: SourceFile = {
    path,
    lineCount: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    imports: [],
    hasDefaultExport: false,
    hasRules: false,
    identifiers: new Set(),
    exportedNames: [],
    undocumented: [],
    routes: [],
  };
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== null) file.imports.push({ specifier, target: targetOf(path, specifier, known) });
    if (ts.isFunctionLike(node) && 'body' in node) file.hasRules = true;
    if (ts.isIdentifier(node)) file.identifiers.add(node.text);
    if (ts.isExportAssignment(node)) file.hasDefaultExport = true;
    if (ts.isClassDeclaration(node)) {
      file.routes.push(...routesOf(node));
      file.undocumented.push(...silentRoutesOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const statement of tree.statements) noteExports(statement, file);
  return file;
}

function specifierOf(node: ts.Node): string | null {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return textOf(node.argument.literal);
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0]) {
    return textOf(node.arguments[0]);
  }
  return null;
}

function textOf(node: ts.Node): string | null {
  return ts.isStringLiteralLike(node) ? node.text : null;
}

function targetOf(path: string, specifier: string, known: Set<string>): string | null | undefined {
  if (!specifier.startsWith('.')) return null;
  const stem = posix.join(posix.dirname(path), specifier).replace(/\.js$/, '');
  const target = [`${stem}.ts`, `${stem}.tsx`].find((candidate) => known.has(candidate));
  return target ?? (/\.(json|mjs)$/.test(specifier) ? null : undefined);
}

function noteExports(statement: ts.Statement, file: SourceFile): void {
  if (!ts.canHaveModifiers(statement)) return;
  const modifiers = ts.getModifiers(statement) ?? [];
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return;
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) file.hasDefaultExport = true;
  const declarations = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
  for (const declaration of declarations) {
    const { name } = declaration as ts.NamedDeclaration;
    if (!name || !ts.isIdentifier(name)) continue;
    file.exportedNames.push(name.text);
    if (mustSpeak(declaration) && isSilent(statement)) file.undocumented.push(name.text);
  }
}

/** Constants say what they are by their value, and names of a listed type by the list; tables and all others must. */
function mustSpeak(declaration: ts.Node): boolean {
  if (ts.isVariableDeclaration(declaration)) return /Entity$/.test(declaration.name.getText());
  return !ts.isTypeAliasDeclaration(declaration);
}

function isSilent(node: ts.Node): boolean {
  return ts.getJSDocCommentsAndTags(node).length === 0;
}

function silentRoutesOf(controller: ts.ClassDeclaration): string[] {
  return controller.members
    .filter((member) => decoratorsOf(member).some((name) => VERBS.has(name)) && isSilent(member))
    .map((member) => `${controller.name?.text ?? ''}.${member.name?.getText() ?? ''}`);
}

function routesOf(controller: ts.ClassDeclaration): Route[] {
  const onClass = decoratorsOf(controller);
  return controller.members.flatMap((member) => {
    const onMethod = decoratorsOf(member);
    if (!onMethod.some((name) => VERBS.has(name))) return [];
    const isGuarded = [...onClass, ...onMethod].some((name) => GUARDS.has(name));
    return [{ name: `${controller.name?.text ?? ''}.${member.name?.getText() ?? ''}`, isGuarded }];
  });
}

/** Names of the decorators of a class or method. */
function decoratorsOf(node: ts.Node): string[] {
  const decorators = ts.canHaveDecorators(node) ? (ts.getDecorators(node) ?? []) : [];
  return decorators.map(({ expression }) =>
    (ts.isCallExpression(expression) ? expression.expression : expression).getText(),
  );
}
