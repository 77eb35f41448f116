import { ApiProperty } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { IsDay } from '../platform/http/field-rules.js';

/** A draft to try, and on which days. */
export class WhatIfRequest {
  @ApiProperty({
    type: Object,
    description: '规则包草案，与 YAML 文件内容相同 The draft pack: the content of its file',
    example: { code: 'taiyuan-default', version: '2025.1' },
  })
  @IsObject()
  pack!: Record<string, unknown>;

  @ApiProperty({ example: '2024-01-01', description: '首日 First day' })
  @IsDay()
  from!: string;

  @ApiProperty({ example: '2024-12-31', description: '末日 Last day' })
  @IsDay()
  to!: string;
}
