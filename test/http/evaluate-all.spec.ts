import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { evaluateEverybody } from '../../src/cli/evaluate-programme.js';
import { DIALECTS } from '../support/databases.js';
import { seedOn } from '../support/seed-on.js';

describe.each(DIALECTS)('the evaluation of everybody on %s', (dialect) => {
  it('writes a line a learner as the progress of each says, and goes on after the last one', async () => {
    const { seed, stop } = await seedOn(dialect);
    try {
      const course = await seed.course();
      const learners = [await seed.learner(), await seed.learner(), await seed.learner()];
      await seed.attendDays(course, learners[0]!, 5);
      await seed.attendDays(course, learners[1]!, 2);
      const run = async (after?: string) => {
        const out = new PassThrough();
        const told: string[] = [];
        const count = await evaluateEverybody(seed.bank.app, 'community-learner', after, out, (line) =>
          told.push(line),
        );
        out.end();
        return { count, told, lines: (await text(out)).trim().split('\n') };
      };
      const { count, told, lines } = await run();
      const ids = learners.map(({ learnerId }) => learnerId);
      const byId = new Map([
        [ids[0], `${ids[0]},yes,0.00,0.00`],
        [ids[1], `${ids[1]},no,0.28,0.28`],
        [ids[2], `${ids[2]},no,0.50,0.50`],
      ]);
      const inOrder = [...ids].sort();
      expect(count).toBe(3);
      expect(told.at(-1)).toContain('3 位学习者 learners, 1 位达到 met');
      expect(lines).toEqual(['learner_id,met,missing_total,missing_leisure', ...inOrder.map((id) => byId.get(id))]);
      expect((await run(inOrder[0])).lines).toEqual(inOrder.slice(1).map((id) => byId.get(id)));
    } finally {
      await stop();
    }
  });
});
