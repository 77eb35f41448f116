import { readSourceFiles, type SourceFile } from './source-files.js';

/**
 * The house from the ground up: what the files of each folder of `src` may import besides their own folder. Features
 * meet each other only at their ports. Everything else in `src` is the composition root, which may import anything and
 * is imported by nobody.
 */
const HOUSE: Record<string, string[]> = {
  kernel: [],
  platform: ['kernel'],
  audit: ['platform', 'kernel'],
  policy: ['audit', 'platform', 'kernel'],
  ledger: ['audit', 'platform', 'kernel'],
  learners: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  providers: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  attendance: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  recognition: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  conversion: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  expiry: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  rewards: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  'what-if': ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  programmes: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  certificates: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  transcripts: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  merges: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
  portal: ['other features', 'ledger', 'policy', 'audit', 'platform', 'kernel'],
};

/** Which files of a folder others may import. A feature's module is only for the modules of others. */
const DOORS: Record<string, RegExp> = {
  kernel: /./,
  platform: /./,
  audit: /\/domain\/|\.port\.ts$|\.module\.ts$/,
  policy: /\/domain\/|\.port\.ts$|\.module\.ts$/,
  ledger:
    /\/domain\/|\.port\.ts$|\.module\.ts$|\/(book-command|committer|statements\.service|reverse-entry\.service)\.ts$/,
  'other features': /\.port\.ts$/,
};

/** Folders and files of `src` that put everything together. */
const COMPOSITION_ROOT = /^src\/([^/]+\.ts|(demo|cli)\/.*)$/;

/** Packages that the two pure places may use; `node:` modules only in the kernel. */
const PACKAGES_OF_KERNEL = ['canonicalize'];
const PACKAGES_OF_DOMAIN = ['ajv'];

const MOST_LINES = 300;

const EMPTY_WORDS = ['dto', 'manager', 'handler', 'impl', 'util', 'utils', 'helper', 'helpers', 'common', 'base'];

const files = readSourceFiles('src', 'test', 'fixtures');
const sources = [...files.values()].filter(({ path }) => path.startsWith('src/'));
const tests = [...files.values()].filter(({ path }) => path.startsWith('test/'));

/** Folder of `src` that a file belongs to. */
function folderOf(path: string): string {
  return path.split('/')[1]!;
}

function isFeature(folder: string): boolean {
  return HOUSE[folder]?.includes('other features') ?? false;
}

/** Why a file may not import another; null when it may. */
function objection(from: string, to: string): string | null {
  if (!to.startsWith('src/')) return 'leaves src';
  if (COMPOSITION_ROOT.test(from)) return null;
  if (COMPOSITION_ROOT.test(to)) return 'nobody imports the composition root';
  const [inside, outside] = [folderOf(from), folderOf(to)];
  if (inside === outside) return null;
  const neighbour = isFeature(outside) ? 'other features' : outside;
  if (outside === 'portal' || !HOUSE[inside]?.includes(neighbour)) return `${inside} does not know ${outside}`;
  if (neighbour === 'other features' && from.endsWith('.module.ts') && to.endsWith('.module.ts')) return null;
  return DOORS[neighbour]!.test(to) ? null : `is not a door of ${outside}`;
}

/** Files that import each other, directly or through others, one list for every circle. */
function circles(all: SourceFile[]): string[][] {
  const reach = new Map(all.map(({ path }) => [path, reachable(path)]));
  const found = new Map<string, string[]>();
  for (const { path } of all) {
    if (!reach.get(path)!.has(path)) continue;
    const circle = all.filter((other) => reach.get(path)!.has(other.path) && reach.get(other.path)!.has(path));
    found.set(
      circle[0]!.path,
      circle.map((file) => file.path),
    );
  }
  return [...found.values()];
}

/** Everything that a file imports, directly or through others, as long as `follow` agrees. */
function reachable(from: string, follow: (path: string) => boolean = () => true): Set<string> {
  const reached = new Set<string>();
  const waiting = [from];
  while (waiting.length > 0) {
    for (const { target } of files.get(waiting.pop()!)?.imports ?? []) {
      if (!target || reached.has(target)) continue;
      reached.add(target);
      if (follow(target)) waiting.push(target);
    }
  }
  return reached;
}

function isDomain(path: string): boolean {
  return /^src\/[^/]+\/domain\//.test(path);
}

describe('imports', () => {
  it('lead to files that exist', () => {
    const lost = [...files.values()].flatMap(({ path, imports }) =>
      imports.flatMap(({ specifier, target }) => (target === undefined ? [`${path}: ${specifier}`] : [])),
    );
    expect(lost).toEqual([]);
  });

  it('run one way through the house, and through its doors', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports.flatMap(({ target }) => {
        const why = target ? objection(path, target) : null;
        return why ? [`${path} → ${target}: ${why}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('of the kernel are only node and one library', () => {
    const wrong = sources
      .filter(({ path }) => folderOf(path) === 'kernel')
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target, specifier }) => target === null && !specifier.startsWith('node:'))
          .filter(({ specifier }) => !PACKAGES_OF_KERNEL.includes(specifier))
          .map(({ specifier }) => `${path} → ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  it('of pure rules are only pure rules, the kernel and the listed libraries', () => {
    const wrong = sources
      .filter(({ path }) => isDomain(path))
      .flatMap(({ path, imports }) =>
        imports
          .filter(({ target, specifier }) =>
            target ? !isDomain(target) && folderOf(target) !== 'kernel' : !PACKAGES_OF_DOMAIN.includes(specifier),
          )
          .map(({ specifier }) => `${path} → ${specifier}`),
      );
    expect(wrong).toEqual([]);
  });

  it('make no circle', () => {
    expect(circles(sources)).toEqual([]);
  });
});

describe('files', () => {
  it('of src are in a folder of the house or in the composition root', () => {
    const homeless = sources.filter(({ path }) => !COMPOSITION_ROOT.test(path) && !HOUSE[folderOf(path)]);
    expect(homeless.map(({ path }) => path)).toEqual([]);
  });

  it(`have at most ${MOST_LINES} lines`, () => {
    const long = [...sources, ...tests].filter(({ lineCount }) => lineCount > MOST_LINES);
    expect(long.map(({ path, lineCount }) => `${path}: ${lineCount}`)).toEqual([]);
  });

  it('are no barrels and have no default export', () => {
    const wrong = sources.filter(({ path, hasDefaultExport }) => hasDefaultExport || /\/index\.tsx?$/.test(path));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('and what they export have names that say something', () => {
    const wordsIn = (name: string) => name.split(/[-./]|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
    const isEmpty = (name: string) => wordsIn(name).some((word) => EMPTY_WORDS.includes(word));
    const wrong = sources.flatMap(({ path, exportedNames }) => [
      ...(isEmpty(path) ? [path] : []),
      ...exportedNames.filter(isEmpty).map((name) => `${path}: ${name}`),
    ]);
    expect(wrong).toEqual([]);
  });

  it('say what each function, class, table and route they offer promises', () => {
    const silent = sources.flatMap(({ path, undocumented }) => undocumented.map((name) => `${path}: ${name}`));
    expect(silent).toEqual([]);
  });

  it('are written in kebab-case', () => {
    const wrong = sources.filter(({ path }) => !/^[a-z0-9-]+(\.[a-z0-9-]+)*\.tsx?$/.test(path.split('/').at(-1)!));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('hold no amount in a float', () => {
    const wrong = sources.filter(({ identifiers }) => identifiers.has('parseFloat') || identifiers.has('toFixed'));
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });
});

describe('every pure rule', () => {
  it('is tested without a server', () => {
    const isPure = (path: string) => !path.startsWith('src/') || isDomain(path) || folderOf(path) === 'kernel';
    const tested = new Set(
      tests.filter(({ path }) => /\.spec\.tsx?$/.test(path)).flatMap(({ path }) => [...reachable(path, isPure)]),
    );
    const untested = sources.filter(({ path, hasRules }) => hasRules && isDomain(path) && !tested.has(path));
    expect(untested.map(({ path }) => path)).toEqual([]);
  });
});

describe('every route', () => {
  it('says who may call it', () => {
    const routes = sources.flatMap(({ path, routes }) => routes.map((route) => ({ path, ...route })));
    expect(routes.length).toBeGreaterThan(5);
    expect(routes.filter(({ isGuarded }) => !isGuarded).map(({ path, name }) => `${path}: ${name}`)).toEqual([]);
  });
});

describe('the tests of the house', () => {
  it.each([
    ['src/ledger/committer.ts', 'src/learners/learners.port.ts', 'ledger does not know learners'],
    ['src/policy/policies.service.ts', 'src/ledger/domain/lots.ts', 'policy does not know ledger'],
    ['src/attendance/a.service.ts', 'src/learners/learners.port.ts', null],
    ['src/attendance/a.service.ts', 'src/learners/cards.store.ts', 'is not a door of learners'],
    ['src/attendance/attendance.module.ts', 'src/learners/learners.module.ts', null],
    ['src/attendance/a.service.ts', 'src/learners/learners.module.ts', 'is not a door of learners'],
    ['src/attendance/a.service.ts', 'src/ledger/committer.ts', null],
    ['src/attendance/a.service.ts', 'src/ledger/book.store.ts', 'is not a door of ledger'],
    ['src/attendance/a.service.ts', 'src/portal/paths.ts', 'attendance does not know portal'],
    ['src/portal/home.tsx', 'src/learners/learners.port.ts', null],
    ['src/portal/home.tsx', 'src/learners/cards.store.ts', 'is not a door of learners'],
    ['src/kernel/ids.ts', 'src/platform/metrics/metrics.ts', 'kernel does not know platform'],
    ['src/ledger/committer.ts', 'src/schema.ts', 'nobody imports the composition root'],
    ['src/demo/demo.ts', 'src/learners/cards.store.ts', null],
  ])('answer for %s → %s: %s', (from, to, why) => {
    expect(objection(from, to)).toBe(why);
  });
});
