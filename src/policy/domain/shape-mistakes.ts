import type { ErrorObject } from 'ajv';
import { nearestName, type Mistake } from './mistake.js';
import { CODE, CREDIT } from './schema-parts.js';

/** What Ajv found in a pack's file, each mistake once, with what was probably meant. */
export function shapeMistakes(errors: ErrorObject[]): Mistake[] {
  const mistakes = withoutOtherBranches(errors).map(toMistake);
  return [...new Map(mistakes.map((mistake) => [`${mistake.pointer} ${mistake.message}`, mistake])).values()];
}

/** Of a choice that none of the forms fits, only what keeps the nearest form from fitting is worth reading. */
function withoutOtherBranches(errors: ErrorObject[]): ErrorObject[] {
  let kept = errors;
  for (const choice of errors.filter(
    ({ keyword, params }) => keyword === 'oneOf' && params['passingSchemas'] === null,
  )) {
    const branchOf = ({ schemaPath, instancePath }: ErrorObject) =>
      schemaPath.startsWith(`${choice.schemaPath}/`) && instancePath.startsWith(choice.instancePath)
        ? schemaPath.slice(choice.schemaPath.length + 1).split('/')[0]!
        : null;
    const sizes = new Map<string, number>();
    for (const branch of kept.map(branchOf)) if (branch !== null) sizes.set(branch, (sizes.get(branch) ?? 0) + 1);
    const [nearest] = [...sizes].sort((a, b) => a[1] - b[1]);
    if (!nearest) continue;
    kept = kept.filter((error) => error !== choice && [null, nearest[0]].includes(branchOf(error)));
  }
  return kept;
}

function toMistake({ instancePath, message = '', keyword, params, parentSchema, data }: ErrorObject): Mistake {
  const mistake = { pointer: instancePath, message };
  const meant = (name: string | undefined) => (name ? { suggestion: `did you mean ${name}?` } : {});
  if (keyword === 'additionalProperties') {
    const field = String(params['additionalProperty']);
    const known = Object.keys((parentSchema?.['properties'] as object | undefined) ?? {});
    return { ...mistake, message: `${message}: ${field}`, field, ...meant(nearestName(field, known)) };
  }
  if (keyword === 'required') return { ...mistake, field: String(params['missingProperty']) };
  if (keyword === 'enum') {
    const allowed = params['allowedValues'] as string[];
    const nearest = typeof data === 'string' ? nearestName(data, allowed) : undefined;
    return { ...mistake, message: `${message}: ${allowed.join(', ')}`, ...meant(nearest) };
  }
  const suggestion = rightWay(keyword, params, data);
  return suggestion ? { ...mistake, suggestion } : mistake;
}

/** How it is written, where the message of the schema does not say. */
function rightWay(keyword: string, params: ErrorObject['params'], data: unknown): string | undefined {
  if (keyword === 'type' && params['type'] === 'string' && typeof data === 'number')
    return `put it in quotes: '${data}'`;
  if (keyword === 'type' && params['type'] === 'integer' && typeof data === 'string' && /^\d+$/.test(data))
    return `without quotes: ${data}`;
  if (keyword === 'format' && params['format'] === 'day') return "YYYY-MM-DD: '2024-09-01'";
  if (keyword === 'format') return "MM-DD: '09-01'";
  if (keyword === 'pattern' && params['pattern'] === CODE['pattern'])
    return '英文字母开头，只含字母、数字、- 与 _，最多 40 个字符 letters, digits, - and _, a letter first, at most 40';
  if (keyword === 'pattern' && params['pattern'] === CREDIT['pattern'])
    return "最多两位小数，加引号 at most two decimals, in quotes: '0.50'";
  return undefined;
}
