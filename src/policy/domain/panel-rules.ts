import type { OutcomeClass } from '../../kernel/outcome.js';
import { OUTCOME_CLASSES } from '../../kernel/outcome.js';
import { duplicates, mistakesIn, type Mistake } from './mistake.js';
import { CODE, described, integer, list, NAMED, object, oneOf, set, type Named, type Schema } from './schema-parts.js';

/**
 * What the worth of an outcome rests on: an item of the catalogue, a rate of the rules for its raw credit, or nothing yet,
 * so that the reviewers set a new standard (Beijing Open University 2018).
 */
export const STANDARD_KINDS = ['catalogue', 'rate', 'new'] as const;
export type StandardKind = (typeof STANDARD_KINDS)[number];

/** How many vote, and how their votes decide. */
export interface PanelSeats {
  /** People who vote; it is decided when all of them have. */
  seats: number;
  /** Votes in favour that recognise the outcome. */
  inFavour: number;
  /** Seats kept for experts of the trade; 0: none. */
  expertSeats: number;
  /** Full years in the trade that make an expert. */
  expertYears: number;
}

/** Several people who decide together instead of one final reviewer, and which outcomes they decide. */
export interface Panel extends PanelSeats {
  code: string;
  name: Named;
  /** Empty: any class. */
  outcomeClasses: OutcomeClass[];
  standards: StandardKind[];
  /** The other people who decide an appeal against it: as many, and in the same way, unless the pack says otherwise. */
  appeal: PanelSeats;
}

/** Seats as the file writes them. */
interface PanelSeatsFile {
  seats: number;
  inFavour?: number;
  experts?: { seats: number; years: number };
}

/** A panel as the file writes it. */
export interface PanelFile extends PanelSeatsFile {
  code: string;
  name: Named;
  outcomeClasses?: OutcomeClass[];
  standards?: StandardKind[];
  appeal?: PanelSeatsFile;
}

/** What a panel decides where its file does not say: everything but the catalogue. */
const WITHOUT_CATALOGUE: StandardKind[] = ['rate', 'new'];

/** Members of a panel that say how it votes. */
function seatMembers(fewest: number): Record<string, Schema> {
  return {
    seats: described(
      integer(fewest, 99),
      '评议人数；全部投票后作出决定',
      'People who vote; it is decided when all of them have',
      { example: 3 },
    ),
    'inFavour?': described(
      integer(1, 99),
      '同意认定所需票数；不写则为过半数',
      'Votes in favour that recognise it; more than half of the seats unless said',
      { example: 2 },
    ),
    'experts?': described(
      object({
        seats: described(integer(1, 99), '其中至少几名行业专家', 'How many of them are experts of the trade', {
          example: 1,
        }),
        years: described(
          integer(0, 80),
          '行业专家须连续从业的年数（从业起始日期登记在其密钥上）',
          'Years without a break in the trade that make an expert (since when is kept with the key)',
          { example: 5 },
        ),
      }),
      '行业专家席位；不写则不要求',
      'Seats kept for experts of the trade; none unless said',
    ),
  };
}

export const PANELS_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      'outcomeClasses?': described(
        set(oneOf(OUTCOME_CLASSES), 1),
        '评议哪些类别的成果；不写则不限',
        'Classes of outcome it decides; any unless said',
        { example: ['training'] },
      ),
      'standards?': described(
        set(oneOf(STANDARD_KINDS), 1),
        '依据什么定学分：catalogue 目录中两人审核的项目、rate 按折合比例、new 另定（新标准）；不写则为 rate 和 new',
        'What the worth rests on: catalogue (items with two reviews), rate (of the raw credit), new (a new standard)',
        { example: ['new'], default: WITHOUT_CATALOGUE },
      ),
      ...seatMembers(2),
      'appeal?': described(
        object(seatMembers(1)),
        '对该组决定的申诉，由未参与原决定的几个人重新投票；不写则人数、票数和专家席位与该组相同，写 1 人即由一人决定',
        'Who decides an appeal against it, none of whom took part: as many, in the same way, unless said; with one seat one person decides',
        { example: { seats: 5 } },
      ),
    }),
  ),
  '评议组：初审通过后由多人投票决定，取代一人终审；按顺序取第一个符合的，没有则由一人终审',
  'Panels: after the first review several people vote instead of one final reviewer; the first that fits decides, one reviewer where none does',
);

/** A panel with its defaults: any class, all but the catalogue, more than half in favour, no experts, appeals like itself. */
export function readPanel(file: PanelFile): Panel {
  return {
    code: file.code,
    name: file.name,
    outcomeClasses: file.outcomeClasses ?? [],
    standards: file.standards ?? WITHOUT_CATALOGUE,
    ...readSeats(file),
    appeal: readSeats(file.appeal ?? file),
  };
}

function readSeats({ seats, inFavour, experts }: PanelSeatsFile): PanelSeats {
  return {
    seats,
    inFavour: inFavour ?? Math.floor(seats / 2) + 1,
    expertSeats: experts?.seats ?? 0,
    expertYears: experts?.years ?? 0,
  };
}

/** The panel that decides such an outcome; null where one final reviewer does. */
export function panelFor(panels: Panel[], outcomeClass: OutcomeClass, standard: StandardKind): Panel | null {
  return panels.find((panel) => decides(panel, outcomeClass, standard)) ?? null;
}

function decides({ outcomeClasses, standards }: Panel, outcomeClass: OutcomeClass, standard: StandardKind): boolean {
  return standards.includes(standard) && (outcomeClasses.length === 0 || outcomeClasses.includes(outcomeClass));
}

function seatMistakes(
  { seats, inFavour, expertSeats }: PanelSeats,
  at: string,
  wrong: ReturnType<typeof mistakesIn>,
): Mistake[] {
  return [
    ...(inFavour > seats ? [wrong(`${at}inFavour`, 'votes-over-seats', inFavour, seats)] : []),
    ...(expertSeats > seats ? [wrong(`${at}experts/seats`, 'experts-over-seats', expertSeats, seats)] : []),
  ];
}

/** Whether two panels vote in the same way. */
export function isAlike(one: PanelSeats, other: PanelSeats): boolean {
  return (
    one.seats === other.seats &&
    one.inFavour === other.inFavour &&
    one.expertSeats === other.expertSeats &&
    one.expertYears === other.expertYears
  );
}

/** More votes or experts than seats, codes that stand twice, and panels that those before them leave nothing to decide. */
export function panelMistakes(panels: Panel[]): Mistake[] {
  const found = panels.flatMap((panel, index) => {
    const { code, appeal } = panel;
    const wrong = mistakesIn(`/recognition/panels/${index}`, code);
    const mistakes = seatMistakes(panel, '', wrong);
    // What follows the panel itself is told of the panel alone.
    if (!isAlike(appeal, panel)) mistakes.push(...seatMistakes(appeal, 'appeal/', wrong));
    const isReached = OUTCOME_CLASSES.some((outcomeClass) =>
      STANDARD_KINDS.some((standard) => panelFor(panels.slice(0, index + 1), outcomeClass, standard) === panel),
    );
    if (!isReached) mistakes.push(wrong('', 'panel-never-asked'));
    return mistakes;
  });
  return [...duplicates('/recognition/panels', panels), ...found];
}
