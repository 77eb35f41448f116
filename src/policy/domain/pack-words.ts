import { formatStudyTime } from '../../kernel/study-time.js';
import type { Evidence } from './activity-types.js';
import type { CreditCategory } from './credit-types.js';
import { creditTypeOf, type PolicyPack } from './policy-pack.js';
import type { Named } from './schema-parts.js';

/** How attendance was established, in words. */
export const EVIDENCE: Record<Evidence, Named> = {
  card: { zh: '刷卡', en: 'card' },
  list: { zh: '名单', en: 'list' },
  qr: { zh: '扫码', en: 'QR code' },
  self: { zh: '自报', en: 'own word' },
  import: { zh: '导入', en: 'file' },
};

/** Name of a type of credit under a policy; its code where the policy does not know it. */
export function creditTypeName(pack: PolicyPack | null, code: string): Named {
  return (pack ? creditTypeOf(pack, code)?.name : undefined) ?? plain(code);
}

/** `地方文化 KC-0001`: a course, catalogue item or item of a programme, with its code; the code where nothing is declared. */
export function itemName(pack: PolicyPack, code: string): Named {
  const titles = pack.programmes
    .flatMap(({ items }) => items)
    .map(({ code: item, title }) => ({ code: item, name: title }));
  return nameIn([...pack.courses, ...(pack.recognition?.catalogue ?? []), ...titles], code);
}

/** A provider as the pack declares it, with its code. */
export function providerName(pack: PolicyPack, code: string): Named {
  return nameIn(pack.providers, code);
}

function nameIn(declared: { code: string; name: Named }[], code: string): Named {
  const name = declared.find((each) => each.code === code)?.name;
  return name ? { zh: `${name.zh} ${code}`, en: `${name.en} ${code}` } : plain(code);
}

/** Seconds in both languages: `1 小时 30 分` and `1 h 30 min`. A minus sign stands before what goes away. */
export function studyTime(durationSeconds: number): Named {
  const sign = durationSeconds < 0 ? '−' : '';
  const zh = formatStudyTime(Math.abs(durationSeconds));
  const en = zh.replaceAll('小时', 'h').replaceAll('分', 'min').replaceAll('秒', 's');
  return { zh: sign + zh, en: sign + en };
}

/** The three categories of credit. */
export const CATEGORIES: Record<CreditCategory, Named> = {
  leisure: { zh: '文化休闲', en: 'culture and leisure' },
  vocational: { zh: '职业培训', en: 'vocational training' },
  degree: { zh: '学历教育', en: 'degree education' },
};

/** Names one after the other: `甲、乙` and `A, B`. */
export function listed(names: Named[]): Named {
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}

/** A code that is its own name. */
export function plain(code: string): Named {
  return { zh: code, en: code };
}
