import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { describeMistake } from '../../../src/policy/domain/mistake.js';
import { MINIMAL_PACK, RECIPES } from '../../../src/policy/domain/pack-example.js';
import { MOST_BYTES, readPackText } from '../../../src/policy/read-pack-text.js';
import { foundIn, placesIn, textWith as changed } from './pack-parts.js';

const SHIPPED = readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8');
const LINES = MINIMAL_PACK.split('\n');

/** Line, column and text of every mistake of a file; empty when it loads. */
function mistakesIn(file: string | Uint8Array): { line?: number; column?: number; text: string }[] {
  return foundIn(() => readPackText(file)).map((mistake) => ({
    line: mistake.line,
    column: mistake.column,
    text: describeMistake(mistake),
  }));
}

/** Line of the minimal pack on which a text stands. */
function lineOf(text: string): number {
  return LINES.findIndex((line) => line.includes(text)) + 1;
}

describe('the text of a pack', () => {
  it.each<[string, string, number, string]>([
    ['a number that is no text', changed("'2024.1'", '2024.1'), lineOf('version:'), "write '2024.1'"],
    ['a day there is not', changed('2024-01-01', '2024-02-30'), lineOf('effectiveFrom'), '不是真实的日期'],
    [
      'a misspelt field',
      changed('    category: leisure\n    tariff', '    categori: leisure\n    tariff'),
      lineOf('    category: leisure'),
      'did you mean category?',
    ],
    [
      'a field that is missing',
      changed('    category: leisure\n    tariff', '    tariff'),
      lineOf('- code: leisure'),
      '缺少字段 category',
    ],
    ['a misspelt value', changed('cumulative', 'cumulativ'), lineOf('cumulative'), 'did you mean cumulative?'],
    [
      'a name that leads nowhere',
      changed('tariff: leisure-time', 'tariff: leisure-tim'),
      lineOf('tariff: leisure-time'),
      '没有折算标准 leisure-tim',
    ],
    [
      'a tariff that is not whole seconds',
      changed('classHoursPerCredit: 18', 'classHoursPerCredit: 17.5'),
      lineOf('{ code: leisure-time'),
      '472.5',
    ],
    [
      'a requirement of an unknown type',
      changed('{ creditType: leisure, min', '{ creditType: leisur, min'),
      lineOf('{ creditType: leisure, min'),
      'did you mean leisure?',
    ],
    ['the same field twice', `${MINIMAL_PACK}code: again\n`, LINES.length, '同一字段写了两次'],
    [
      'a tab',
      changed('    tariff: leisure-time', '\ttariff: leisure-time'),
      lineOf('    tariff: leisure-time'),
      '制表符',
    ],
    [
      'an open bracket',
      changed('evidence: [card, list, qr, import]', 'evidence: [card'),
      lineOf('conversionRules'),
      '括号',
    ],
    ['an unclosed quote', changed("version: '2024.1'", "version: '2024.1"), lineOf('version:'), '引号'],
    [
      'an unknown tag',
      changed('classHourMinutes: 45', 'classHourMinutes: !!js/function 45'),
      lineOf('classHourMinutes'),
      '不认识的标记',
    ],
    ['two packs', `${MINIMAL_PACK}---\n${MINIMAL_PACK}`, LINES.length, '多余的 ---'],
    [
      'an alias of nothing',
      changed('classHourMinutes: 45', 'classHourMinutes: *hour'),
      lineOf('classHourMinutes'),
      '*hour',
    ],
    [
      'an alias of itself',
      changed('[学历, 学位, degree]', '&words [*words]'),
      lineOf('protectedWords'),
      'stands inside what it repeats',
    ],
    ['half a character', changed('zh: 示例市终身学习学分规则', 'zh: "\\ud800"'), lineOf('title: '), '乱码'],
    ['a list instead of a mapping', '- code: my-city\n', 1, '必须是映射'],
    ['a word', 'taiyuan\n', 1, '必须是映射'],
    ['nothing', '', 1, '文件是空的'],
    ['only a comment', '# nothing\n', 1, '文件是空的'],
    ['thousands of brackets', '['.repeat(50_000), 1, '嵌套过深'],
    ['more than a pack may have', `# ${'x'.repeat(MOST_BYTES)}\n${MINIMAL_PACK}`, 1, '文件超过'],
    [
      'a field that stands twice, other fields between',
      changed('version:', 'code: again\nversion:'),
      3,
      '同一字段写了两次',
    ],
    [
      'a number with a leading zero',
      changed('classHourMinutes: 45', 'classHourMinutes: 045'),
      lineOf('classHourMinutes'),
      "write 45, or in quotes if it is text: '045'",
    ],
    [
      'a number with an exponent',
      changed('classHourMinutes: 45', 'classHourMinutes: 45e0'),
      lineOf('classHourMinutes'),
      'write 45',
    ],
    [
      'a number to another base',
      changed('classHourMinutes: 45', 'classHourMinutes: 0x2d'),
      lineOf('classHourMinutes'),
      'write 45',
    ],
    [
      'a version whose digits a number would lose',
      changed("'2024.1'", '2024.10'),
      lineOf('version:'),
      "write '2024.10'",
    ],
    ['no number', changed('classHourMinutes: 45', 'classHourMinutes: .inf'), lineOf('classHourMinutes'), 'in quotes'],
    [
      'a word for true',
      changed('    evidence:', '    dropIn: yes\n    evidence:'),
      lineOf('    evidence:'),
      'write true',
    ],
    ['a day with slashes', changed("'2024-01-01'", '2024/1/1'), lineOf('effectiveFrom'), "did you mean '2024-01-01'?"],
    ['a day in Chinese', changed("'2024-01-01'", '2024年1月1日'), lineOf('effectiveFrom'), "'2024-01-01'"],
    ['a day without dashes', changed("'2024-01-01'", "'20240101'"), lineOf('effectiveFrom'), "'2024-01-01'"],
    ['a day that begins with the day', changed("'2024-01-01'", '01-02-2024'), lineOf('effectiveFrom'), 'YYYY-MM-DD'],
    ['a merge key', changed('    evidence:', '    <<: *x\n    evidence:'), lineOf('    evidence:'), '*x'],
    [
      'a full-width colon',
      changed('classHourMinutes: 45', 'classHourMinutes：50'),
      lineOf('classHourMinutes'),
      '用了全角冒号“：”（写作 classHourMinutes: 50）',
    ],
    [
      'a colon without a space',
      changed('classHourMinutes: 45', 'classHourMinutes:50'),
      lineOf('classHourMinutes'),
      'there is no space after the colon (classHourMinutes: 50)',
    ],
    [
      'a full-width colon in braces',
      changed('{ minutes: 480,', '{ minutes：480,'),
      lineOf('dayCap'),
      'has a full-width colon ： (minutes: 480)',
    ],
    [
      'a full-width comma in braces',
      changed('minutes: 480, ', 'minutes: 480，'),
      lineOf('dayCap'),
      '全角逗号或顿号（写作 dayCap: { minutes: 480, whenOver: cut }）',
    ],
    [
      'a full-width comma in a list',
      changed('[card, list, qr, import]', '[card，list, qr, import]'),
      lineOf('evidence'),
      'each an item of its own: [card, list]',
    ],
    [
      'a tab, with the spaces it should be',
      changed('    tariff: leisure-time', '\ttariff: leisure-time'),
      lineOf('    tariff: leisure-time'),
      'use 4 spaces',
    ],
    ['a part that is empty', changed('conversionRules: []', 'conversionRules:'), lineOf('conversionRules'), 'a list'],
  ])('is refused for %s, with the line', (_, text, line, words) => {
    const mistakes = mistakesIn(text);
    expect(mistakes).toContainEqual({
      line,
      column: expect.any(Number) as number,
      text: expect.stringContaining(words) as string,
    });
    expect(
      mistakes.every(({ line, column, text: said }) =>
        said.startsWith(`第 ${line} 行第 ${column} 列 line ${line}, column ${column}: `),
      ),
    ).toBe(true);
  });

  it('is refused for a few aliases that unfold to gigabytes, before they do', () => {
    const levels = 'abcdefgh'.split('').map((name, index, all) => {
      const before = index === 0 ? 'x' : `*${all[index - 1]}`;
      return `${name}: &${name} [${Array.from({ length: 10 }, () => before).join(', ')}]`;
    });
    expect(mistakesIn(levels.join('\n'))).toMatchObject([
      { line: 8, text: expect.stringContaining('别名展开后过大') as string },
    ]);
  });

  it.each<[string, Uint8Array, string]>([
    ['bytes that are not UTF-8', Buffer.from([0xb9, 0xe6, 0xd4, 0xf2]), 'file-not-utf8'],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(MINIMAL_PACK, 'utf16le')]), 'file-utf16'],
  ])('is refused for %s', (_, bytes, code) => {
    expect(placesIn(bytes)).toEqual([{ line: 1, column: 1, pointer: '', code }]);
  });

  it('may begin with a mark of its byte order, have Windows line ends and numbers with a zero at the end', () => {
    const bytes = Buffer.from(`\uFEFF${MINIMAL_PACK.replaceAll('\n', '\r\n').replace('Credit: 18', 'Credit: 18.0')}`);
    expect(placesIn(bytes)).toEqual([]);
  });

  it('of which one field stands twice is still read for what else is wrong', () => {
    const text = changed('version:', 'code: again\nversion:').replace('tariff: leisure-time', 'tariff: leisure-tim');
    expect(placesIn(text).map(({ code }) => code)).toEqual(['yaml-field-twice', 'name-unknown']);
  });

  it('that goes on after the pack is still read for what is wrong in the pack', () => {
    const text = `${changed('cumulative', 'cumulativ')}---\ncode: other\n`;
    expect(placesIn(text).map(({ code }) => code)).toEqual(['value-unknown', 'yaml-many-documents']);
  });

  it('names all mistakes at once, in the order of the file', () => {
    const text = changed("'2024.1'", '2024.1')
      .replace('whenOver: cut', 'whenOver: ignore')
      .replace('[card, list', '[cart, list');
    expect(mistakesIn(text).map(({ line }) => line)).toEqual([
      lineOf('version:'),
      lineOf('dayCap'),
      lineOf('evidence'),
    ]);
  });

  it('of a wrong form of a choice names what keeps the nearest form from fitting', () => {
    const limit = "    caps: [{ code: a, name: { zh: 甲, en: A }, limit: { share: 5/x, of: total } }]\n    total: '10'";
    expect(mistakesIn(changed("    total: '10'", limit)).map(({ text }) => text)).toEqual([
      expect.stringContaining('/programmes/0/caps/0/limit/share 占比的写法不符') as string,
    ]);
  });

  it.each<[string, string, string, string]>([
    ['a full-width colon', 'code: my-city', 'code：my-city', 'yaml-colon-wide'],
    [
      'full-width signs all over',
      'dayCap: { minutes: 480, whenOver: cut }',
      'dayCap：{ minutes：480，whenOver：cut }',
      'yaml-colon-wide',
    ],
    ['a colon without a space, last of its entry', '    tariff: l', '    tariff:l', 'yaml-colon-space'],
    ['a tab', '    tariff: l', '\ttariff: l', 'yaml-tab-indent'],
    ['two tabs', '    category: l', '\t\tcategory: l', 'yaml-tab-indent'],
    ['a space too many', '    category: l', '     category: l', 'yaml-indent-wrong'],
    ['a space too many at the end of an entry', '    tariff: l', '     tariff: l', 'yaml-indent-wrong'],
    ['spaces too few', '    category: l', '  category: l', 'yaml-indent-wrong'],
    ['a space before a part', 'conversionRules', ' conversionRules', 'yaml-indent-wrong'],
    ['a space before an entry', '  - code: DAILY', '   - code: DAILY', 'yaml-indent-wrong'],
  ])('with %s is told once for it, and read on for what else is wrong', (_, from, to, code) => {
    const text = changed(from, to).replace('cumulative', 'cumulativ');
    const places = placesIn(text).sort((a, b) => (a.code < b.code ? 1 : -1));
    expect(places).toEqual([
      { line: lineOf(from), column: expect.any(Number) as number, pointer: '', code },
      { ...placesIn(changed('cumulative', 'cumulativ'))[0] },
    ]);
  });

  it('shows the columns of the file on a line that it read otherwise', () => {
    const right = changed('{ minutes: 480, whenOver: cut }', '{ minutes: 480, whenOver: cutt }');
    const [{ column } = { column: 0 }] = placesIn(right);
    const slipped = placesIn(right.replace('dayCap: {', 'dayCap：{'));
    expect(slipped.map(({ code }) => code)).toEqual(['yaml-colon-wide', 'value-unknown']);
    expect(slipped[1]?.column).toBe((column ?? 0) - 1);
  });

  it('may repeat a part by an alias', () => {
    const { pack } = readPackText(changed('[学历, 学位, degree]', '&words [学历]'));
    expect(pack.protectedWords).toEqual(['学历']);
  });

  it('of the shipped pack loads, and its JSON as well', () => {
    expect(readPackText(SHIPPED).pack).toEqual(readPackText(JSON.stringify(parse(SHIPPED))).pack);
  });
});

describe('the examples of the reference', () => {
  it('are a pack that works', () => {
    expect(mistakesIn(MINIMAL_PACK)).toEqual([]);
  });

  it.each(RECIPES.map(({ rule, yaml }) => [rule.en, yaml]))('load: %s', (_, yaml) => {
    const merged = { ...(parse(MINIMAL_PACK) as object), ...(parse(yaml) as object) };
    expect(mistakesIn(stringify(merged))).toEqual([]);
  });
});
