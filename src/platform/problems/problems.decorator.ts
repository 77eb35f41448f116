import { ApiResponse } from '@nestjs/swagger';
import type { RefusalCode } from '../../kernel/refusal.js';
import { groupBy } from '../../kernel/group-by.js';
import { PROBLEMS } from './problem-catalogue.js';
import { toProblem } from './problem.js';

/** What every route can answer besides its own refusals. */
const EVERYWHERE: RefusalCode[] = ['unauthenticated', 'forbidden', 'validation-failed', 'overloaded'];

const NAMED_SO_FAR = 'problems named by the decorators of a route';

/**
 * Documents the problems a route can answer with, by status, each with an example. Several decorators of one route may
 * name some (a route its own refusals, `TakesOnceKey` those of the key): they add up.
 */
export function Problems(...codes: RefusalCode[]): MethodDecorator {
  return <T>(target: object, name: string | symbol, route: TypedPropertyDescriptor<T>): void => {
    const method = route.value as object;
    const before = (Reflect.getMetadata(NAMED_SO_FAR, method) as RefusalCode[] | undefined) ?? [];
    const named = [...new Set([...codes, ...before])];
    Reflect.defineMetadata(NAMED_SO_FAR, named, method);
    for (const [status, ofStatus] of groupBy([...new Set([...named, ...EVERYWHERE])], (code) => PROBLEMS[code].status))
      describe(status, ofStatus)(target, name, route);
  };
}

function describe(status: number, codes: RefusalCode[]): MethodDecorator {
  return ApiResponse({
    status,
    description: codes.map((code) => `\`${code}\` ${PROBLEMS[code].title.en}`).join('; '),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        examples: Object.fromEntries(codes.map((code) => [code, { value: toProblem({ code, details: {} }) }])),
      },
    },
  });
}
