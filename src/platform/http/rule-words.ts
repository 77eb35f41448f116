/**
 * What each rule asks for, Chinese first. `limit` is the number or the list that the rule was given, where it has one.
 * One table for both ways a body is checked, so that a client meets one set of codes and sentences.
 */
const RULES: Record<string, (limit: string) => string> = {
  isString: () => '必须是文字 must be text',
  isInt: () => '必须是整数 must be a whole number',
  isBoolean: () => '须为 true 或 false must be true or false',
  isArray: () => '必须是列表 must be a list',
  isObject: () => '必须是对象 must be an object',
  isDefined: () => '必须填写 must be given',
  isIn: (limit) => `须为其一 must be one of: ${limit}`,
  min: (limit) => `不得小于 ${limit} must not be less than ${limit}`,
  max: (limit) => `不得大于 ${limit} must not be greater than ${limit}`,
  minLength: (limit) => `至少 ${limit} 个字符 must have at least ${limit} characters`,
  maxLength: (limit) => `至多 ${limit} 个字符 must have at most ${limit} characters`,
  arrayMinSize: (limit) => `至少 ${limit} 项 must have at least ${limit} items`,
  arrayMaxSize: (limit) => `至多 ${limit} 项 must have at most ${limit} items`,
  arrayUnique: () => '各项不得重复 must not name anything twice',
  nestedValidation: () => '必须是对象，或对象的列表 must be an object, or a list of objects',
  unknownValue: () => '必须是对象 must be an object',
  whitelistValidation: () => '不认识的字段 unknown field',
};

/** The sentence of a rule, or null for a rule that brings its own. */
export function ruleWords(code: string, limit: string): string | null {
  return Object.hasOwn(RULES, code) ? RULES[code]!(limit) : null;
}

/** A JSON pointer to a property below `parent` (RFC 6901: `~` is `~0` and `/` is `~1`). */
export function pointerTo(parent: string, property: string): string {
  return `${parent}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
