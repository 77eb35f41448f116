import { randomUUID } from 'node:crypto';
import type { Request } from './http-load.js';
import type { SeededBank } from './seeded-bank.js';
import type { PlannedVisit } from './visit-plan.js';

const JSON_TYPE = 'content-type: application/json\r\n';

function bearer(key: string): string {
  return `authorization: Bearer ${key}\r\n`;
}

/** A request that the client never sent before. */
function onceKey(): string {
  return `idempotency-key: ${randomUUID()}\r\n`;
}

function row(bank: SeededBank, { learner, minutes }: PlannedVisit): string {
  return `{"cardNumber":"${bank.learners[learner]!.cardNumber}","minutes":${minutes},"evidence":"list"}`;
}

/** One visit in one request, by the provider of the session. */
export function singlePost(bank: SeededBank, visit: PlannedVisit): Request {
  const { sessionId, providerId } = bank.sessions[visit.session]!;
  return {
    method: 'POST',
    path: `/api/v1/sessions/${sessionId}/attendance`,
    headers: bearer(bank.providerKeys.get(providerId)!) + onceKey() + JSON_TYPE,
    body: row(bank, visit),
  };
}

/** A class in one request. */
export function listPost(bank: SeededBank, visits: PlannedVisit[]): Request {
  return {
    ...singlePost(bank, visits[0]!),
    body: `{"rows":[${visits.map((visit) => row(bank, visit)).join(',')}]}`,
  };
}

/** A sheet of many sessions, as a clerk of the centre uploads it. With `dryRun` nothing is written. */
export function fileUpload(bank: SeededBank, visits: PlannedVisit[], dryRun = false): Request {
  const lines = visits.map(
    ({ learner, session, minutes }) =>
      `${bank.sessions[session]!.code},${bank.learners[learner]!.cardNumber},${minutes},list`,
  );
  return {
    method: 'POST',
    path: `/api/v1/attendance-imports${dryRun ? '?dryRun=true' : ''}`,
    headers: bearer(bank.registrarKey) + onceKey() + 'content-type: text/csv\r\n',
    body: `session,card_number,minutes,evidence\n${lines.join('\n')}\n`,
  };
}

/** A learner's balance, asked for by the registrar. */
export function balanceRead(bank: SeededBank, learner: number): Request {
  return {
    method: 'GET',
    path: `/api/v1/learners/${bank.learners[learner]!.learnerId}/balance`,
    headers: bearer(bank.registrarKey),
    body: '',
  };
}

/** True when all rows of a list or file were posted. */
export function allPosted(rows: number): (body: string) => boolean {
  return (body) => body.includes(`"posted":${rows},`);
}
