import { Injectable, type PipeTransform } from '@nestjs/common';
import { isId } from '../../kernel/ids.js';
import { Refusal } from '../../kernel/refusal.js';

/** An id in an address. One that is no UUID names nothing: `not-found`, before a database sees it. */
@Injectable()
export class PathId implements PipeTransform<string, string> {
  transform(text: string): string {
    if (!isId(text)) throw new Refusal('not-found');
    return text;
  }
}
