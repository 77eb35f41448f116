import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { Refusal } from '../../kernel/refusal.js';

/** One page of a list, and the cursor of the next one. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/** Where the next page begins: the sort key of the last row already seen. */
export type PageKey = (string | number)[];

/** What every list takes. */
export class PageQuery {
  @ApiPropertyOptional({ description: '上一页的 next；省略为第一页 The next of the page before' })
  @IsOptional()
  @IsString()
  cursor?: string;

  @ApiPropertyOptional({ example: 50, minimum: 1, maximum: 200, default: 50 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit?: number;
}

/** Rows of a page when the query does not say. */
export function limitOf(query: PageQuery): number {
  return query.limit ?? 50;
}

/** Sort key behind a cursor, or null for the first page. Refuses with `cursor-invalid` what `isKey` does not know. */
export function keyOfCursor<K extends PageKey>(
  cursor: string | undefined,
  isKey: (key: PageKey) => key is K,
): K | null {
  if (cursor === undefined) return null;
  const key = parseKey(cursor);
  if (!key || !isKey(key)) throw new Refusal('cursor-invalid');
  return key;
}

function parseKey(cursor: string): PageKey | null {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(key) ? (key as PageKey) : null;
  } catch {
    // Whatever it was, it is not one of our cursors; the caller refuses it.
    return null;
  }
}

/** A page of `limit` rows out of `limit + 1` that were read: the one too many says that there is more. */
export function toPage<Row, Item>(
  rows: Row[],
  limit: number,
  keyOf: (row: Row) => PageKey,
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next =
    rows.length > limit && last ? Buffer.from(JSON.stringify(keyOf(last)), 'utf8').toString('base64url') : null;
  return { items: shown.map(toItem), next };
}

/** Adds `Link: <…>; rel="next"` to a page that is not the last. */
@Injectable()
export class NextLink implements NestInterceptor<Page<unknown>> {
  intercept(context: ExecutionContext, handler: CallHandler<Page<unknown>>): Observable<Page<unknown>> {
    const http = context.switchToHttp();
    const address = new URL(http.getRequest<FastifyRequest>().url, 'http://bank');
    return handler.handle().pipe(
      tap(({ next }) => {
        if (next === null) return;
        address.searchParams.set('cursor', next);
        void http.getResponse<FastifyReply>().header('Link', `<${address.pathname}${address.search}>; rel="next"`);
      }),
    );
  }
}
