import { ApiProperty } from '@nestjs/swagger';
import { FLAG_CODES, type CaseFlag } from './domain/case-flags.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** Another case to look at. */
export class FlaggedCaseResponse {
  @ApiProperty({ example: ID }) recognitionId!: string;
  @ApiProperty({ example: false, description: "是否同一人的申请 Whether it is the same person's" })
  sameLearner!: boolean;
}

/** One reason to look twice. It decides nothing. */
export class CaseFlagResponse {
  @ApiProperty({
    enum: FLAG_CODES,
    example: 'evidence-seen-before',
    description:
      '同一份材料在别的申请中用过、同一人同一目录项目、同一人同名成果、已通过同名课程 The same file in another case; the same person with the same item, with the same title, with a course of that title passed here',
  })
  code!: string;
  @ApiProperty({ example: 1, description: '共几项 How many' }) count!: number;
  @ApiProperty({ type: [FlaggedCaseResponse], description: '有关申请，最多列 20 项 The cases, twenty at most' })
  cases!: FlaggedCaseResponse[];
  @ApiProperty({ type: [String], example: [`${ID}.12`], description: '有关结业分录 Entries of passed courses' })
  entries!: string[];

  static of({ code, count, cases, entries }: CaseFlag): CaseFlagResponse {
    const named = cases.map(({ recognitionId, isOwn }) => ({ recognitionId, sameLearner: isOwn }));
    return { code, count, cases: named, entries };
  }
}
