/*
 * Mistakes are written in English where they are found; here is what they say in Chinese. A sentence that is not in
 * this list is shown in English alone.
 */

const KINDS: Record<string, string> = {
  tariff: '折算标准',
  'level scheme': '资历框架',
  level: '等级',
  'credit type': '学分类型',
  'activity type': '活动类型',
  programme: '项目',
};

const TYPES: Record<string, string> = {
  integer: '整数',
  number: '数字',
  string: '文字',
  boolean: 'true 或 false',
  array: '列表',
  object: '映射（字段: 值）',
  'integer,null': '整数或空',
};

/** What is said, and the same in Chinese: `$1` stands for the first part in brackets. */
const SENTENCES: [RegExp, string | ((...parts: string[]) => string)][] = [
  // shape
  [/^must NOT have additional properties: (.+)$/, '没有这个字段：$1'],
  [/^must have required property '(.+)'$/, '缺少字段 $1'],
  [/^must be (integer,null|\w+)$/, (type) => `必须是${TYPES[type] ?? type}`],
  [/^must be equal to one of the allowed values: (.+)$/, '只能是下列之一：$1'],
  [/^must be equal to constant$/, '值不符'],
  [/^must match format "day"$/, '不是真实的日期'],
  [/^must match format "month-day"$/, '不是每年都有的月日'],
  [/^must match pattern .*$/, '写法不符'],
  [/^must be (>=|<=|>|<) (\S+)$/, '必须 $1 $2'],
  [/^must NOT have fewer than (\d+) items$/, '至少要有 $1 项'],
  [/^must NOT have more than (\d+) items$/, '最多 $1 项'],
  [/^must NOT have duplicate items.*$/, '列表中有重复'],
  [/^must NOT have fewer than (\d+) characters$/, '至少 $1 个字符'],
  [/^must NOT have more than (\d+) characters$/, '最多 $1 个字符'],
  [/^must NOT have fewer than (\d+) properties$/, '至少要写 $1 个字段'],
  [/^must NOT have more than (\d+) properties$/, '只能写 $1 个字段'],
  [/^value of tag "(.+)" must be in oneOf$/, '$1 的值不认识'],
  [/^tag "(.+)" must be string$/, '缺少 $1'],
  [/^must match exactly one schema in oneOf$/, '须符合其中一种写法'],
  // meaning
  [/^there is no (.+) (\S+)$/, (kind, name) => `没有${KINDS[kind] ?? ` ${kind}`} ${name}`],
  [/^(\S+) stands twice$/, '$1 重复出现'],
  [/^the level (\S+) stands twice in the pack$/, '等级 $1 在规则包内重复出现'],
  [/^is worth nothing$/, '分值为零'],
  [/^a step of (\d+) hundredths is (\S+) seconds, not a whole number$/, '0.01 学分的 $1 倍合 $2 秒，不是整数'],
  [/^a course with a completion gate needs a cumulative tariff, not (\S+)$/, '设结业门槛的课程须用累计折算，不能用 $1'],
  [/^a limit of nothing$/, '限额为零'],
  [/^one visit is always one$/, '一次就是一次，不能按次限次数'],
  [/^a visit cannot be cut in parts$/, '次数不能截去一部分'],
  [/^(\S+) is a holiday as well$/, '$1 同时列为节假日'],
  [/^converts (\S+) into itself$/, '把 $1 转换为自身'],
  [/^leisure credit can never become degree credit$/, '文化休闲学分永远不得转换为学历教育学分'],
  [/^ends before it begins$/, '结束早于开始'],
  [/^a cap is at most the whole$/, '上限不能超过全部'],
  [/^(\S+) and (\S+) are in force for the same pair at the same time$/, '$1 与 $2 同时对同一对学分类型有效'],
  [/^(\S+) can be converted back into itself$/, '$1 经转换规则又回到自身'],
  [/^(\S+) reaches the degree type (\S+) through other rules$/, '$1 经其他规则转成了学历教育学分 $2'],
  [/^names a credit type twice$/, '同一学分类型写了两次'],
  [/^the total is less than the sum of its minimums$/, '总学分小于各项最低要求之和'],
  [/^the total is zero$/, '总学分为零'],
  [/^more is required than its total$/, '必修学分超过总学分'],
  [/^(\S+) is more than the whole$/, '$1 超过全部'],
  [/^the title of a non-degree award may not say (.+)$/, '非学历证书名称不得含“$1”'],
  [/^the hours of its steps do not rise$/, '各级学时没有递增'],
  // the file
  [/^the file is larger than (\d+) bytes$/, '文件超过 $1 字节'],
  [/^the file is not UTF-8 text$/, '文件不是 UTF-8 编码'],
  [/^the file is empty$/, '文件是空的'],
  [/^has damaged or control characters$/, '含有乱码或控制字符'],
  [/^is nested too deeply$/, '嵌套过深'],
  [/^the alias (\S+) (?:has no anchor before it|stands inside what it repeats)$/, '别名 $1 无法展开'],
  [/^the aliases unfold to too much$/, '别名展开后过大'],
  [/^Map keys must be unique$/, '同一字段写了两次'],
  [/^Unresolved tag: (.+)$/, '不认识的标记 $1'],
  [/^Missing closing (.+)$/, '缺少结尾的引号 $1'],
  [/^Source contains multiple documents/, '一个文件只能有一份规则包，请去掉多余的 ---'],
  [/^Nested mappings are not allowed/, '一行里不能连写两个“字段: ”'],
  [/must end with a [\]}]$/, '缺少结尾的括号'],
  [/^All (?:mapping|sequence) items must start at the same column$/, '同一层的缩进不一致'],
  [/\btabs?\b/i, '缩进不能用制表符，请用空格'],
];

const SUGGESTIONS: [RegExp, string][] = [
  [/^did you mean (.+)\?$/, '是不是要写 $1'],
  [/^leave the cap out$/, '去掉这条上限'],
  [/^count by day or longer$/, '按日或更长周期计'],
  [/^the nearest that is: (.+)$/, '最接近的整数：$1'],
  [/^put it in quotes: (.+)$/, '加上引号：$1'],
];

/** A mistake's message in Chinese, keeping the code it begins with; null when there is no translation. */
export function chineseMistake(message: string): string | null {
  const [, code, what] = /^([A-Za-z][\w-]*): (.+)$/.exec(message) ?? [];
  const whole = translated(SENTENCES, message);
  if (whole !== null || what === undefined) return whole;
  const zh = translated(SENTENCES, what);
  if (code === 'YAML') return `YAML：${zh ?? '写法有误'}`;
  return zh === null ? null : `${code}：${zh}`;
}

/** A suggestion in Chinese, or null. */
export function chineseSuggestion(suggestion: string): string | null {
  return translated(SUGGESTIONS, suggestion);
}

function translated(words: [RegExp, string | ((...parts: string[]) => string)][], text: string): string | null {
  for (const [pattern, zh] of words) {
    const match = pattern.exec(text);
    if (!match) continue;
    return typeof zh === 'string'
      ? zh.replaceAll(/\$(\d)/g, (_, part: string) => match[Number(part)] ?? '')
      : zh(...match.slice(1));
  }
  return null;
}
