import { Refusal, type FieldError } from '../kernel/refusal.js';
import { mistakeWords, type Mistake } from './domain/mistake.js';
import { PolicyPackError, readPolicyPack } from './domain/read-policy-pack.js';
import { readPackText, type PackText } from './read-pack-text.js';

/** More mistakes than anybody reads; a megabyte of nonsense must not become a hundred megabytes of answer. */
const MOST_MISTAKES = 1_000;

/** A pack from a request: the text of a YAML file, with lines, or parsed JSON. Refuses with `policy-pack-wrong`. */
export function readPackOrRefuse(body: unknown): PackText {
  try {
    return body instanceof Uint8Array ? readPackText(body) : { content: body, pack: readPolicyPack(body) };
  } catch (error) {
    if (!(error instanceof PolicyPackError)) throw error;
    const { mistakes } = error;
    throw new Refusal('policy-pack-wrong', {
      count: mistakes.length,
      errors: mistakes.slice(0, MOST_MISTAKES).map(toFieldError),
    });
  }
}

function toFieldError(mistake: Mistake): FieldError {
  const { pointer, line, column } = mistake;
  return {
    pointer: pointer || '/',
    code: 'policy-pack-wrong',
    detail: mistakeWords(mistake),
    ...(line === undefined ? {} : { line, column }),
  };
}
