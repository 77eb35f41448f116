import { ApiProperty } from '@nestjs/swagger';
import { formatCredit } from '../kernel/credit.js';
import { entryId } from '../ledger/domain/entry.js';
import { toProblem } from '../platform/problems/problem.js';
import type { BatchOutcome } from './recognise-batch.service.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** One of several things that are wrong. */
export class FieldErrorResponse {
  @ApiProperty({ example: '/grade' }) pointer!: string;
  @ApiProperty({ example: 'grade-below-minimum' }) code!: string;
  @ApiProperty() detail!: string;
}

/** Why a row came back, and what to do. */
export class BatchRowProblemResponse {
  @ApiProperty({ example: 'grade', description: '要检查的列 The field to look at' }) field!: string;
  @ApiProperty({ example: 'grade-below-minimum' }) code!: string;
  @ApiProperty({ example: '/problems/grade-below-minimum' }) type!: string;
  @ApiProperty() title!: string;
  @ApiProperty() titleEn!: string;
  @ApiProperty() detail!: string;
  @ApiProperty() detailEn!: string;
  @ApiProperty({ type: [FieldErrorResponse], required: false, description: '全部问题 All that is wrong with the row' })
  errors?: FieldErrorResponse[];
}

/** Result of one row, in the order sent. */
export class BatchRowResponse {
  @ApiProperty({ example: 0, description: '行号，从 0 开始 Index in the list' }) row!: number;
  @ApiProperty({ enum: ['recognised', 'already-recorded', 'refused'] }) status!: string;
  @ApiProperty({ required: false, example: ID }) recognitionId?: string;
  @ApiProperty({ required: false, example: `${ID}.12` }) entryId?: string;
  @ApiProperty({ required: false, example: '0.50' }) credit?: string;
  @ApiProperty({ required: false, type: BatchRowProblemResponse }) problem?: BatchRowProblemResponse;

  static of(outcome: BatchOutcome, row: number): BatchRowResponse {
    if (outcome.status === 'refused') {
      const { type, title, titleEn, detail, detailEn, errors } = toProblem(outcome);
      const { field, code } = outcome;
      return { row, status: outcome.status, problem: { field, code, type, title, titleEn, detail, detailEn, errors } };
    }
    const { recognitionId, learnerId, standard } = outcome.recognised;
    return {
      row,
      status: outcome.status,
      recognitionId,
      ...(standard ? { entryId: entryId(learnerId, standard.entryVersion), credit: formatCredit(standard.centi) } : {}),
    };
  }
}

/** Results of a list, with the counts one looks at first. */
export class BatchResponse {
  @ApiProperty({ example: 28 }) recognised!: number;
  @ApiProperty({ example: 1 }) alreadyRecorded!: number;
  @ApiProperty({ example: 1 }) refused!: number;
  @ApiProperty({ type: [BatchRowResponse] }) rows!: BatchRowResponse[];

  static of(outcomes: BatchOutcome[]): BatchResponse {
    const countOf = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    return {
      recognised: countOf('recognised'),
      alreadyRecorded: countOf('already-recorded'),
      refused: countOf('refused'),
      rows: outcomes.map(BatchRowResponse.of),
    };
  }
}
