import { ApiProperty } from '@nestjs/swagger';
import { IsId } from '../platform/http/field-rules.js';
import { IsCatalogueCode } from './field-rules.js';
import { ReviseCourseRequest } from './revise-course.request.js';

/** A new course with its first version. */
export class CreateCourseRequest extends ReviseCourseRequest {
  @ApiProperty({ example: 'TTKT-YZ-1', pattern: '^[A-Z0-9-]{2,40}$' })
  @IsCatalogueCode()
  code!: string;

  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @IsId()
  providerId!: string;
}
