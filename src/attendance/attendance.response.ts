import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import { Refusal, type RefusalCode } from '../kernel/refusal.js';
import { toProblem } from '../platform/problems/problem.js';
import type { CompletionReceipt } from './complete-course.command.js';
import type { CompletionOutcome } from './complete-courses.service.js';
import type { ImportSummary } from './import-attendance.service.js';
import type { RejectedRow } from './rejected-row.js';
import type { StoredRow } from './record-attendance.service.js';
import type { VisitReceipt } from './record-visit.command.js';

const ENTRY = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.17';

/** What was cut off: by a cap of study time, by a cap of credit, or by what the evidence is worth. */
export class CutResponse {
  @ApiProperty({
    example: 'visit',
    description: '上限代码；visit、course、day 为简写，evidence 为凭据折计 Code of the cap, or evidence',
  })
  cap!: string;
  @ApiProperty({ example: 7_200, required: false }) limitSeconds?: number;
  @ApiProperty({ example: 0, required: false }) usedSeconds?: number;
  @ApiProperty({ example: '24.00', required: false, description: '学分上限 Limit of credit' }) limitCredit?: string;
  @ApiProperty({ example: '23.50', required: false }) usedCredit?: string;
  @ApiProperty({ example: 50, required: false, description: '凭据折计百分数 Percent the evidence is worth' })
  worthPercent?: number;
  @ApiProperty({ example: 1_800 }) cutSeconds!: number;
}

/** One posted visit. */
export class VisitResponse {
  @ApiProperty({ example: 'posted', enum: ['posted'] }) status!: 'posted';
  @ApiProperty({ example: ENTRY }) entryId!: string;
  @ApiProperty({ example: 5_400 }) submittedSeconds!: number;
  @ApiProperty({ example: 5_400 }) acceptedSeconds!: number;
  @ApiProperty({ type: [CutResponse] }) cuts!: CutResponse[];
  @ApiProperty({ example: 'leisure' }) creditType!: string;
  @ApiProperty({ example: '0.11', description: '本次形成的学分 Credit this visit completed' }) credit!: string;
  @ApiProperty({
    example: 54,
    description:
      '仍待折算的学时（秒）；按次计分的不留待下次，为 0 Study time still waiting; 0 where sessions count one by one',
  })
  waitingSeconds!: number;
  @ApiProperty({ example: 'taiyuan-default@2024.1' }) policyVersion!: string;

  /** A posted visit; credit as decimal text. */
  static of({ creditCenti, ...receipt }: VisitReceipt): VisitResponse {
    return { status: 'posted', ...receipt, credit: formatCredit(creditCenti) };
  }
}

/** Why a row came back, and what to do. */
export class RowProblemResponse {
  @ApiProperty({ example: 'cardNumber', description: '要检查的列 The field to look at' }) field!: string;
  @ApiProperty({ example: 'card-number-invalid' }) code!: string;
  @ApiProperty({ example: '/problems/card-number-invalid' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty() titleEn!: string;
  @ApiProperty() detail!: string;
  @ApiProperty() detailEn!: string;

  /** The refusal of a row, with its sentence and place. */
  static of(field: string, code: RefusalCode, details: Refusal['details']): RowProblemResponse {
    const { type, title, titleEn, detail, detailEn } = toProblem({ code, details });
    return { field, code, type, title, titleEn, detail, detailEn };
  }
}

/** Result of one row of a list, in the order sent. */
export class RowResponse {
  @ApiProperty({ example: 0, description: '行号，从 0 开始 Index in the list' }) row!: number;
  @ApiProperty({ enum: ['posted', 'already-recorded', 'refused'] }) status!: string;
  @ApiProperty({ required: false, example: ENTRY }) entryId?: string;
  @ApiProperty({ required: false, example: '0.11' }) credit?: string;
  @ApiProperty({ required: false, example: 5_400 }) acceptedSeconds?: number;
  @ApiProperty({ required: false, example: '2024-06-03T12:00:00.000Z' }) recordedAt?: string;
  @ApiProperty({ required: false, type: RowProblemResponse }) problem?: RowProblemResponse;
}

/** Results of a list, with the counts a clerk looks at first. */
export class RowListResponse {
  @ApiProperty({ example: 28 }) posted!: number;
  @ApiProperty({ example: 1 }) alreadyRecorded!: number;
  @ApiProperty({ example: 1 }) refused!: number;
  @ApiProperty({ type: [RowResponse] }) rows!: RowResponse[];

  /** Outcomes of the rows in the order sent, and their counts. */
  static of(outcomes: (StoredRow | CompletionOutcome)[]): RowListResponse {
    const countOf = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    return {
      posted: countOf('posted'),
      alreadyRecorded: countOf('already-recorded'),
      refused: countOf('refused'),
      rows: outcomes.map(toRow),
    };
  }
}

function toRow(outcome: StoredRow | CompletionOutcome, row: number): RowResponse {
  if (outcome.status === 'refused') {
    return { row, status: 'refused', problem: RowProblemResponse.of(outcome.field, outcome.code, outcome.details) };
  }
  if (outcome.status === 'already-recorded') {
    return { row, status: outcome.status, entryId: outcome.entryId, recordedAt: outcome.recordedAt };
  }
  const receipt: VisitReceipt | CompletionReceipt = outcome.receipt;
  return {
    row,
    status: 'posted',
    entryId: receipt.entryId,
    credit: formatCredit(receipt.creditCenti),
    ...('acceptedSeconds' in receipt ? { acceptedSeconds: receipt.acceptedSeconds } : {}),
  };
}

/** A row of a file that came back. */
export class RejectedRowResponse extends RowProblemResponse {
  @ApiProperty({ example: 17, description: '文件中的行号 Line in the file' }) line!: number;
  @ApiProperty({ type: [String], description: '原样的单元格 The cells as sent' }) cells!: string[];
}

/** What became of a file. */
export class ImportResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', nullable: true, type: String }) importId!:
    string | null;
  @ApiProperty({ enum: ['running', 'finished'] }) status!: string;
  @ApiProperty({ enum: ['utf-8', 'gb18030'] }) encoding!: string;
  @ApiProperty({ example: 120 }) rowCount!: number;
  @ApiProperty({ example: 117 }) posted!: number;
  @ApiProperty({ example: 0 }) alreadyRecorded!: number;
  @ApiProperty({ example: 3 }) rejectedCount!: number;
  @ApiProperty({ type: [RejectedRowResponse] }) rejected!: RejectedRowResponse[];

  /** What became of a file; rejected rows with what to do. */
  static of({ rejected, header: _, ...summary }: ImportSummary): ImportResponse {
    return { ...summary, rejectedCount: rejected.length, rejected: rejected.map(toRejected) };
  }
}

function toRejected({ line, field, code, details, cells }: RejectedRow): RejectedRowResponse {
  return { line, cells, ...RowProblemResponse.of(field, code, details) };
}
