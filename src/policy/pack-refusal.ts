import { Refusal, type FieldError } from '../kernel/refusal.js';
import { mistakeWords } from './domain/mistake.js';
import { MOST_MISTAKES, PolicyPackError, readPolicyPack } from './domain/read-policy-pack.js';
import { doubledFields, readPackText, type PackText } from './read-pack-text.js';

/**
 * A pack from a request: the text of a YAML file, with lines, or parsed JSON, of which `raw` is the text where it is at
 * hand. Refuses with `policy-pack-wrong`.
 */
export function readPackOrRefuse(body: unknown, raw: Uint8Array | null = null): PackText {
  try {
    return body instanceof Uint8Array
      ? readPackText(body)
      : { content: body, pack: readPolicyPack(body, raw ? doubledFields(raw) : []) };
  } catch (error) {
    if (!(error instanceof PolicyPackError)) throw error;
    throw new Refusal('policy-pack-wrong', { count: error.mistakes.length, errors: fieldErrorsOf(error) });
  }
}

/** The mistakes of a pack as an answer lists them, each with its own stable code; `at` is where the pack stands in the body. */
export function fieldErrorsOf({ mistakes }: PolicyPackError, at = ''): FieldError[] {
  return mistakes.slice(0, MOST_MISTAKES).map((mistake) => {
    const { pointer, code, line, column } = mistake;
    return {
      pointer: `${at}${pointer}` || '/',
      code,
      detail: mistakeWords(mistake),
      ...(line === undefined || column === undefined ? {} : { line, column }),
    };
  });
}
