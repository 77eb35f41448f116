import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { bodyOf } from './catalogue.js';
import type { Body } from './learners.js';
import type { Seed, SeededLearner } from './seed.js';

/** Why every merge of these tests is made. */
export const MERGE_REASON = '同一人先后用两种证件开户';

/** What tests of merging ask of a seeded bank, over HTTP. `seed` and `course` are read when they are needed. */
export function mergeRequests(seed: () => Seed, course: () => string) {
  const merge = (
    { learnerId }: { learnerId: string },
    duplicate: { learnerId: string },
    onceKey: string = randomUUID(),
    key = seed().registrar,
  ) =>
    seed().bank.post(
      `/api/v1/learners/${learnerId}/merge`,
      key,
      { duplicateLearnerId: duplicate.learnerId, reason: MERGE_REASON },
      onceKey,
    );
  const undo = (mergeId: string, onceKey: string = randomUUID()) =>
    seed().bank.post(`/api/v1/merges/${mergeId}/reversal`, seed().registrar, { reason: '并非同一人' }, onceKey);
  const read = async (path: string, key = seed().registrar) =>
    bodyOf(await seed().bank.get(`/api/v1/${path}`, key).expect(200));
  const balance = async ({ learnerId }: SeededLearner) => {
    const { credits, studyTime } = await read(`learners/${learnerId}/balance`);
    return { credits, studyTime };
  };
  const leisure = async (learner: SeededLearner) => {
    const { credits, studyTime } = await balance(learner);
    const [credit = {}, time = {}] = [(credits as Body[])[0], (studyTime as Body[])[0]];
    return {
      available: credit['available'],
      recognised: credit['recognised'],
      attended: time['attendedSeconds'],
      waiting: time['waitingSeconds'],
    };
  };
  const post = (sessionId: string, { cardNumber }: SeededLearner, minutes = 90) =>
    seed().bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed().provider, { cardNumber, minutes });
  const session = (day: number, of = course(), minutes = 90) =>
    seed().session(of, { startsAt: `2024-06-0${day}T09:00:00+08:00`, minutes });
  const isSound = async () => {
    const said: string[] = [];
    await verify(seed().bank.app, (line) => said.push(line));
    return said.filter((line) => line.startsWith('✗'));
  };
  return { merge, undo, read, leisure, balance, post, session, isSound };
}
