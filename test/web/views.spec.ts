import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { parseCredit } from '../../src/kernel/credit.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import { REVOKED_CERTIFICATE } from '../../src/portal/certificate/certificate.example.js';
import { renderCertificate } from '../../src/portal/certificate/certificate.view.js';
import { frozenStatement } from '../../src/portal/statement/statement.example.js';
import { renderStatement } from '../../src/portal/statement/statement.view.js';
import { TRANSCRIPT } from '../../src/portal/transcript/transcript.example.js';
import { renderTranscript } from '../../src/portal/transcript/transcript.view.js';
import { renderVerification } from '../../src/portal/verification/verification.view.js';

const pack = readPolicyPack(parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')));
const ADDRESS = 'https://bank.example.cn/verify/C7K2M9QX4TNB8V';

/** What a reader sees: the page without its tags. */
function textOf(html: string): string {
  return html.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
}

describe('the statement page', () => {
  const html = renderStatement(frozenStatement(pack), null);
  const text = textOf(html);

  it('says what a frozen account may still do', () => {
    expect(text).toContain('已冻结：可累积，不能转换或颁证');
  });

  it('tells credit that has outlived its validity from what can be used', () => {
    expect(text).toContain('0.90文化休闲学分');
    expect(text).toContain('其中 0.40 已过有效期，不能再转换或用于证书');
  });

  it('says which credit ends soon, and that it stays on record', () => {
    expect(text).toContain('0.30 文化休闲学分将在 30 天内到期，最早一批可用到 2024-06-30');
    expect(text).toContain('0.20 文化休闲学分将在 90 天内到期');
    expect(text).toContain('仍保留在记录上');
  });

  it('says points, honours and benefits in words, apart from credit', () => {
    expect(text).toContain('积分 12 分（奖励，不是学分，也不能换成学分）');
    expect(text).toContain('2024-05-20 达到“学习之友”，距“学习之星”还差 46 小时 30 分');
    expect(text).toContain('书店九五折：满 100 积分可享受，现有 12');
  });

  it('makes every amount of credit and study time a link', () => {
    for (const place of ['available', 'held', 'awarded', 'converted', 'expired']) {
      expect(html).toContain(`/credits/leisure?place=${place}"`);
    }
    expect(html).toContain('/study-time/leisure"');
  });

  it('says what waits, what it takes and who acts next', () => {
    expect(text).toContain('已积累 54 秒，再学 7 分 12 秒 可得 0.01 学分');
    expect(text).toContain('《电工基础》：1 小时 30 分 通过结业考核后计入');
    expect(text).toContain('由示例职业学校登记结业');
  });

  it('keeps the day in every link of a past balance', () => {
    const now = frozenStatement(pack);
    const past = renderStatement({ ...now, asOf: { ...now.asOf, day: '2024-06-03' } }, null);
    expect(past).toContain('/credits/leisure?asOf=2024-06-03&amp;place=available"');
    expect(past).toContain('/study-time/leisure?asOf=2024-06-03"');
    expect(textOf(past)).toContain('2024-06-03 日终');
  });

  it('names a wrong day at the top and at its field', () => {
    const mistake = { zh: '日期格式为 2024-06-03。', en: 'A day is written like 2024-06-03.' };
    const wrong = renderStatement(frozenStatement(pack), mistake);
    expect(wrong).toContain('href="#asOf"');
    expect(wrong).toContain('aria-describedby="asOf-mistake"');
  });
});

describe('a revoked certificate', () => {
  it.each([
    ['on its paper', renderCertificate(REVOKED_CERTIFICATE, ADDRESS)],
    ['on the public page', renderVerification({ ...REVOKED_CERTIFICATE, status: 'revoked' }, ADDRESS, Date.now())],
  ])('says so in words with the reason %s', (_, html) => {
    const text = textOf(html);
    expect(text).toContain('已撤销');
    expect(text).toContain('材料不实');
    expect(text).toContain('2024-06-11 10:30');
  });

  it('is marked across the printed sheet, a valid one is not', () => {
    expect(renderCertificate(REVOKED_CERTIFICATE, ADDRESS)).toContain('class="sheet void"');
    expect(renderCertificate({ ...REVOKED_CERTIFICATE, revocation: null }, ADDRESS)).toContain('class="sheet valid"');
  });

  it('carries serial, address and hash', () => {
    const text = textOf(renderCertificate(REVOKED_CERTIFICATE, ADDRESS));
    expect(text).toContain(REVOKED_CERTIFICATE.serial);
    expect(text).toContain(ADDRESS);
    expect(text).toContain(REVOKED_CERTIFICATE.snapshotHash);
  });
});

describe('a transcript', () => {
  const text = textOf(renderTranscript(TRANSCRIPT, ADDRESS));

  it('labels its totals with day and scope', () => {
    expect(text).toContain('截至 2024-06-09 日终（北京时间），范围为本行账户全部 9 条分录');
  });

  it('shows under the lines the totals they add up to', () => {
    const { lines, totals } = TRANSCRIPT.snapshot;
    const sum = lines.reduce((total, { recognised }) => total + parseCredit(recognised)!, 0);
    expect(parseCredit(totals[0]!.recognised)).toBe(sum);
    expect(text).toContain('合计 Total1.00可用 0.30冻结 0.10已用于证书 0.40已转出 0.15已过期 0.05');
  });
});
