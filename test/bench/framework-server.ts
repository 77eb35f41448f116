import 'reflect-metadata';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsIn, IsInt, IsOptional, IsString, MaxLength, MinLength } from 'class-validator';

/*
 * What the framework alone can do: Nest on Fastify, one route, a body of the same shape as an attendance behind the
 * plain ValidationPipe, an empty answer. No keys, no book, no database.
 */

class EmptyRouteRequest {
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  cardNumber!: string;

  @IsInt()
  minutes!: number;

  @IsOptional()
  @IsIn(['card', 'list', 'qr', 'self', 'import'])
  evidence?: string;
}

@Controller('api/v1')
class EmptyRouteController {
  @Post('sessions/:sessionId/attendance')
  record(@Body() _body: EmptyRouteRequest): Record<string, never> {
    return {};
  }
}

@Module({ controllers: [EmptyRouteController] })
class EmptyRouteModule {}

const app = await NestFactory.create<NestFastifyApplication>(EmptyRouteModule, new FastifyAdapter(), { logger: false });
app.useGlobalPipes(new ValidationPipe());
app.enableShutdownHooks(['SIGTERM']);
await app.listen(Number(process.env['PORT']), '127.0.0.1');
