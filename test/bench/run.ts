import { parseArgs } from 'node:util';
import { measureGrowth } from './growth.js';
import { measureBookRates } from './book-rates.js';
import { measurePlans } from './plan-times.js';
import { describeMachine, Report } from './report.js';
import { measureQuotes } from './quote-times.js';
import { removeBanks, seedBank } from './seeded-bank.js';
import { measureWhatIf } from './what-if-times.js';

/*
 * `npm run bench` measures the bank beside its limits (the bare driver, the empty framework) in one run on one machine:
 * absolute figures depend on the machine and on what else it does, ratios of one run do not. `-- --full` also
 * compares ten thousand postings with ten million. See README.md.
 */

const FOLDER = '.data/bench';
const LEARNERS = 20_000;
const CITY_LEARNERS = 530_000;

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string', default: 'rates,growth,plan,quote,what-if' },
    rounds: { type: 'string', default: '3' },
  },
});
const parts = values.only.split(',');
const report = new Report();
const started = Date.now();
console.log(
  `bench on ${Object.entries(describeMachine())
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')}`,
);

if (parts.includes('plan')) await measurePlans(report);
removeBanks(FOLDER);
if (parts.includes('quote')) await measureQuotes(report, FOLDER);
if (parts.includes('what-if')) await measureWhatIf(report, FOLDER);
if (parts.includes('rates') || parts.includes('growth')) await measureBanks();
removeBanks(FOLDER);
report.print();
console.log(`\n${report.write(FOLDER)}; ${Math.round((Date.now() - started) / 1000)} s in all`);

async function measureBanks(): Promise<void> {
  console.log(`opening ${LEARNERS.toLocaleString('en')} accounts`);
  const seed = await seedBank(`${FOLDER}/seed.sqlite`, LEARNERS);
  if (parts.includes('rates')) await measureBookRates(seed, report, FOLDER, Number(values.rounds));
  if (parts.includes('growth')) {
    if (values.full) {
      console.log(`opening ${CITY_LEARNERS.toLocaleString('en')} accounts`);
      const tell = (done: number) => done % 50_000 === 0 && console.log(`  ${done.toLocaleString('en')}`);
      const city = await seedBank(`${FOLDER}/city-seed.sqlite`, CITY_LEARNERS, tell);
      console.log('growth: 10 thousand against 10 million postings (filling takes some minutes)');
      const sizes = { smallAttendances: 3_334, largeAttendances: 3_333_334, rounds: 5 };
      await measureGrowth({ seed: city, ...sizes }, report, FOLDER);
    } else {
      console.log('growth: 10 thousand against 300 thousand postings (10 million with -- --full)');
      const sizes = { smallAttendances: 3_334, largeAttendances: 100_000, rounds: 3 };
      await measureGrowth({ seed, ...sizes }, report, FOLDER);
      report.note('Growth was measured to 300 thousand postings; `npm run bench -- --full` fills ten million.');
    }
  }
}
