import type { MigrationInterface, QueryRunner } from 'typeorm';
import { TableMigration, type TableText } from '../platform/database/tables.js';

/** Cases of recognition with their steps and evidence, and who holds which certificate. */
export class CreateRecognition1700000000720 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'recognition',
      columns: {
        learner_id: 'id',
        recognition_id: 'id',
        state: 'text',
        outcome_class: 'text',
        title: 'text',
        issuer: 'text',
        certificate_number: 'text?',
        obtained_on: 'text',
        raw_centi: 'int?',
        raw_hours_centi: 'int?',
        raw_grade: 'text?',
        raw_level: 'text?',
        grade: 'int?',
        item: 'text?',
        provider_id: 'id?',
        policy_version: 'text?',
        due_on: 'text?',
        days_left: 'int?',
        claim_hash: 'text?',
        claim_sequence: 'int?',
        credit_type: 'text?',
        standard_centi: 'int?',
        level: 'text?',
        valid_until: 'text?',
        is_assessed: 'int?',
        standard_policy_version: 'text?',
        entry_version: 'int?',
      },
      primaryKey: ['learner_id', 'recognition_id'],
      indexes: [
        { name: 'recognition_by_id', columns: ['recognition_id'] },
        { name: 'recognition_due', columns: ['due_on', 'recognition_id'], where: 'due_on is not null' },
      ],
    },
    {
      table: 'recognition_step',
      columns: {
        learner_id: 'id',
        recognition_id: 'id',
        sequence: 'int',
        step: 'text',
        state_before: 'text?',
        state_after: 'text',
        actor: 'text',
        role: 'text',
        recorded_at: 'int',
        comment: 'text?',
        reason_code: 'text?',
        policy_version: 'text?',
        detail: 'text?',
      },
      primaryKey: ['learner_id', 'recognition_id', 'sequence'],
      appendOnly: true,
    },
    {
      table: 'recognition_evidence',
      columns: {
        learner_id: 'id',
        recognition_id: 'id',
        content_hash: 'text',
        file_name: 'text',
        media_type: 'text',
        bytes: 'int',
        added_by: 'text',
        added_at: 'int',
      },
      primaryKey: ['learner_id', 'recognition_id', 'content_hash'],
      appendOnly: true,
    },
    {
      table: 'evidence_content',
      columns: { learner_id: 'id', content_hash: 'text', content: 'text' },
      primaryKey: ['learner_id', 'content_hash'],
      appendOnly: true,
    },
    {
      table: 'recognition_claim',
      columns: {
        claim_hash: 'text',
        sequence: 'int',
        learner_id: 'id',
        recognition_id: 'id',
        claimed_at: 'int',
        released_at: 'int?',
      },
      primaryKey: ['claim_hash', 'sequence'],
    },
  ];
}

/** Finds cases that the same file was given in for, whoever gave it. */
export class IndexEvidenceContent1700000001350 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index recognition_evidence_by_content on recognition_evidence (content_hash)');
  }

  down(): Promise<void> {
    return Promise.reject(new Error('The bank is append-only: restore a backup instead of migrating down'));
  }
}
