import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CompleteCourses } from '../attendance/attendance.port.js';
import { IssueCertificate, VerifyDocument } from '../certificates/certificates.port.js';
import { OPERATOR, readTable } from '../cli/load.js';
import { providerByCode } from '../cli/import-attendance.js';
import { ConvertCredit, QuoteConversion, sayCheck, type ConversionDecision } from '../conversion/conversion.port.js';
import { formatCredit } from '../kernel/credit.js';
import { formatStudyTime } from '../kernel/study-time.js';
import { Refusal } from '../kernel/refusal.js';
import { Statements } from '../ledger/statements.service.js';
import { LearnerRecords, learnersByCard, maskName } from '../learners/learners.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { toProblem } from '../platform/problems/problem.js';
import { ReadProgress } from '../programmes/programmes.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import { IssueTranscript } from '../transcripts/transcripts.port.js';
import type { Print } from './print.js';

const PROGRAMME = 'community-care';

/** Where the story ends: what can be opened in the browser. */
export interface Story {
  learnerId: string;
  certificate: string;
  transcript: string;
}

/** A fresh key for one write of the story. */
function once() {
  return { scope: OPERATOR.keyId, key: randomUUID(), bodyHash: 'demo' };
}

/** Course passed → balance → conversion → certificate → transcript, of one learner of the week. */
export async function tellLearnerStory(
  app: NestFastifyApplication,
  folder: string,
  step: (title: string, titleEn: string) => void,
  print: Print,
): Promise<Story> {
  step('职业课程结业：出勤不足或成绩不足的不计学分', 'A vocational course is passed: two gates');
  const passed = await completeCourse(app, join(folder, 'completions.csv'), print);

  const learnerId = await chooseLearner(app, passed);
  step('一位学习者的学分', 'One learner’s credit');
  await showBalance(app, learnerId, print);

  step('学分转换：先试算，再执行', 'Conversion: quote, then execute');
  const asked = { learnerId, from: 'leisure', to: 'vocational' };
  const { decision: degree } = await app.get(QuoteConversion).run({ ...asked, to: 'degree', fromCenti: 10 });
  print('  试算 quote: 0.10 文化休闲 leisure → 学历 degree');
  showChecks(degree, print);
  const fromCenti = await convertibleCenti(app, learnerId);
  print(`  试算 quote: ${formatCredit(fromCenti)} 文化休闲 leisure → 职业培训 vocational`);
  const quote = await app.get(QuoteConversion).run({ ...asked, fromCenti });
  showChecks(quote.decision, print);
  const { answer: made } = await app
    .get(ConvertCredit)
    .run(OPERATOR, once(), { ...asked, fromCenti, fingerprint: quote.fingerprint });
  print(
    `  ✓ 已转换 converted: ${formatCredit(fromCenti)} → ${formatCredit(made.decision.toCenti)}  (${made.conversionId})`,
  );

  step('颁发证书', 'A certificate');
  const progress = await app.get(ReadProgress).run(learnerId, PROGRAMME);
  print(`  ${progress.programme.title.zh} ${progress.programme.title.en}`);
  for (const { name, have, need } of progress.buckets) {
    print(`  ${name.zh} ${name.en}: 已有 have ${formatCredit(have)} / 要求 need ${formatCredit(need)}`);
  }
  print(`  合计 total: ${formatCredit(progress.total.have)} / ${formatCredit(progress.total.need)}`);
  const certificate = (await app.get(IssueCertificate).run(OPERATOR, once(), learnerId, PROGRAMME)).answer;
  print(`  ✓ 证书编号 serial ${certificate.serial}`);
  const seen = await app.get(VerifyDocument).run(certificate.serial);
  print(`  任何人可验证 anyone can verify: ${seen.status}, SHA-256 ${seen.snapshotHash.slice(0, 16)}…`);

  step('出具成绩单', 'A transcript');
  const transcript = (await app.get(IssueTranscript).run(OPERATOR, once(), learnerId, undefined)).answer;
  print(`  ✓ 成绩单编号 serial ${transcript.serial}`);
  await showBalance(app, learnerId, print);
  return { learnerId, certificate: certificate.serial, transcript: transcript.serial };
}

async function completeCourse(app: NestFastifyApplication, file: string, print: Print): Promise<string[]> {
  const rows = (await readTable(file)) ?? [];
  const course = await app.get(SessionCatalogue).courseByCode(rows[0]?.['course_code'] ?? '');
  if (!course) throw new Refusal('course-unknown');
  const [provider] = await app
    .get(Reader)
    .sql.rows<{ code: string }>('select code from provider where provider_id = ?', [course.providerId]);
  const caller = await providerByCode(app, provider!.code);
  const list = rows.map(({ card_number: cardNumber, grade }) => ({ cardNumber: cardNumber!, grade: Number(grade) }));
  const { answer } = await app
    .get(CompleteCourses)
    .run(caller, { ...once(), scope: course.providerId }, course.courseId, list);
  print(`  《${course.title}》 ${list.length} 人 learners`);
  return answer.flatMap((outcome, index) => {
    if (outcome.status === 'refused') {
      print(`  ✗ 第 ${index + 1} 行 row ${index + 1}: ${toProblem(outcome).title}：${toProblem(outcome).detail}`);
      return [];
    }
    const { attendedSessions, plannedSessions, creditCenti } = outcome.receipt;
    print(`  ✓ 出勤 attended ${attendedSessions}/${plannedSessions}，计 ${formatCredit(creditCenti)} 学分 credits`);
    return [list[index]!.cardNumber];
  });
}

/** The graduate with the most leisure credit: theirs is the longest story. */
async function chooseLearner(app: NestFastifyApplication, cards: string[]): Promise<string> {
  const owners = await learnersByCard(app.get(Reader).sql, cards);
  let best = { learnerId: '', centi: -1 };
  for (const learnerId of owners.values()) {
    const { credits } = await app.get(Statements).statement(learnerId);
    const of = (type: string) => credits.find(({ creditType }) => creditType === type)?.availableCenti ?? 0;
    const centi = of('vocational') >= 80 ? of('leisure') : 0;
    if (centi > best.centi) best = { learnerId, centi };
  }
  return best.learnerId;
}

/** A tenth of a credit, or what can be spared for the certificate and still converts into whole hundredths. */
async function convertibleCenti(app: NestFastifyApplication, learnerId: string): Promise<number> {
  const { buckets } = await app.get(ReadProgress).run(learnerId, PROGRAMME);
  const leisure = buckets.find(({ code }) => code === 'leisure');
  const spare = leisure ? leisure.have - leisure.need : 0;
  return Math.max(2, Math.min(10, spare - (spare % 2)));
}

async function showBalance(app: NestFastifyApplication, learnerId: string, print: Print): Promise<void> {
  const holder = await app.get(LearnerRecords).holder(learnerId);
  const { credits, studyTime, version } = await app.get(Statements).statement(learnerId);
  print(`  ${maskName(holder!.name)}  ${holder!.maskedIdentity}  （${version} 条分录 entries）`);
  for (const credit of credits) {
    const parts = [
      `可用 available ${formatCredit(credit.availableCenti)}`,
      ...(credit.convertedCenti ? [`已转出 converted ${formatCredit(credit.convertedCenti)}`] : []),
      ...(credit.awardedCenti ? [`已用于证书 awarded ${formatCredit(credit.awardedCenti)}`] : []),
    ];
    print(`  ${credit.creditType}: 累计 recognised ${formatCredit(credit.recognisedCenti)} = ${parts.join(' + ')}`);
  }
  for (const time of studyTime) {
    print(
      `  ${time.creditType} 学时 study time: ${formatStudyTime(time.attendedSeconds)}，待折算 waiting ${time.waitingSeconds} 秒`,
    );
  }
}

function showChecks(decision: ConversionDecision, print: Print): void {
  for (const check of decision.checks) {
    const { zh, en } = sayCheck(check);
    print(`    ${check.isPassed ? '✓' : '✗'} ${zh}`);
    print(`      ${en}${check.isPassed ? '' : ` (${check.code})`}`);
  }
}
