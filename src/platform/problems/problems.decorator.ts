import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { RefusalCode } from '../../kernel/refusal.js';
import { groupBy } from '../../kernel/group-by.js';
import { PROBLEMS } from './problem-catalogue.js';
import { toProblem } from './problem.js';

/** What every route can answer besides its own refusals. */
const EVERYWHERE: RefusalCode[] = ['unauthenticated', 'forbidden', 'validation-failed', 'overloaded'];

/** Documents the problems a route can answer with, by status, each with an example. */
export function Problems(...codes: RefusalCode[]) {
  const byStatus = groupBy([...new Set([...codes, ...EVERYWHERE])], (code) => PROBLEMS[code].status);
  return applyDecorators(
    ...[...byStatus].map(([status, ofStatus]) =>
      ApiResponse({
        status,
        description: ofStatus.map((code) => `\`${code}\` ${PROBLEMS[code].title.en}`).join('; '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            examples: Object.fromEntries(ofStatus.map((code) => [code, { value: toProblem({ code, details: {} }) }])),
          },
        },
      }),
    ),
  );
}
