import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, ValidateBy, type ValidationArguments } from 'class-validator';
import { isDay } from '../../kernel/clock.js';
import { isId } from '../../kernel/ids.js';
import { PlainText } from '../http/plain-text.js';
import { ROLES, type Role } from './caller.js';

/** An owner's id: needed with its role, not allowed with any other. */
function OwnerOf(role: Role): PropertyDecorator {
  return ValidateBy({
    name: 'ownerOfRole',
    validator: {
      validate: (value: unknown, validation?: ValidationArguments) => {
        const request = validation?.object as IssueApiKeyRequest;
        return request.role === role ? typeof value === 'string' && isId(value) : value == null;
      },
      defaultMessage: () =>
        `角色 ${role} 必须填写 UUID，其他角色不得填写 must be a UUID with the role ${role} and absent with any other`,
    },
  });
}

/** A day, only with the role of those who review. */
function ExpertDay(): PropertyDecorator {
  return ValidateBy({
    name: 'expertDay',
    validator: {
      validate: (value: unknown, validation?: ValidationArguments) =>
        value == null ||
        ((validation?.object as IssueApiKeyRequest).role === 'registrar' && typeof value === 'string' && isDay(value)),
      defaultMessage: () =>
        '日期格式为 2015-03-01，只用于 registrar must be a day such as 2015-03-01, and only with the role registrar',
    },
  });
}

/** What a new key may do. */
export class IssueApiKeyRequest {
  @ApiProperty({ enum: ROLES, example: 'provider' })
  @IsIn(ROLES, { message: `必须是下列角色之一 must be one of ${ROLES.join(', ')}` })
  role!: Role;

  @ApiProperty({
    example: '迎泽社区学院考勤机',
    minLength: 1,
    maxLength: 80,
    description: '便于辨认的名称，勿写个人信息 A name to tell keys apart; never personal data',
  })
  @PlainText(1, 80)
  label!: string;

  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @OwnerOf('provider')
  providerId?: string | null;

  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  @OwnerOf('learner')
  learnerId?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: '2015-03-01',
    format: 'date',
    description:
      '行业专家：连续从业的起始日期，由管理员核实（仅 registrar） An expert: since when in the trade without a break',
  })
  @ExpertDay()
  expertSince?: string | null;
}
