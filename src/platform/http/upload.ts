import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/refusal.js';

/** The uploaded file: the first file of a form, or the body itself when it is sent as text/csv. Refuses with `file-missing`. */
export async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) {
    if (request.body.length === 0) throw new Refusal('file-missing');
    return request.body;
  }
  if (!request.isMultipart()) throw new Refusal('file-missing');
  try {
    const part = await request.file();
    if (part) return await part.toBuffer();
  } catch (error) {
    // Too large is told as such; every other fault of a form (no boundary, cut off) means that no file arrived.
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') throw error;
  }
  throw new Refusal('file-missing');
}

/** An uploaded file with the name it came with, without any folders. */
export interface NamedFile {
  fileName: string;
  content: Buffer;
}

const LONGEST_FILE_NAME = 120;

/** The first file of a form with its name; an empty file is one. Refuses with `file-missing`. */
export async function readNamedUpload(request: FastifyRequest): Promise<NamedFile> {
  if (!request.isMultipart()) throw new Refusal('file-missing');
  try {
    const part = await request.file();
    if (part?.filename) return { fileName: plainFileName(part.filename), content: await part.toBuffer() };
  } catch (error) {
    if ((error as { code?: string }).code === 'FST_REQ_FILE_TOO_LARGE') throw error;
  }
  throw new Refusal('file-missing');
}

/** A name that is only a name: no folders, no damaged or control characters, its end kept when it is too long. */
function plainFileName(text: string): string {
  const name = text.normalize('NFC').split(/[/\\]/).at(-1)!;
  const plain = name.replace(/[\uFFFD\p{C}\u2028\u2029]/gu, '').trim();
  return [...plain].slice(-LONGEST_FILE_NAME).join('');
}
