import fc from 'fast-check';

/*
 * Random tests draw the same cases in every run, so that a change is judged by itself and not by luck.
 * `RANDOM_SEED=random npm test` (or a number) draws others; what fails prints its seed.
 */
const wanted = process.env['RANDOM_SEED'] ?? '20130101';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
