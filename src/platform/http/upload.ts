import type { FastifyRequest } from 'fastify';
import { Refusal } from '../../kernel/refusal.js';

/** The uploaded file: the first file of a form, or the body itself when it is sent as text/csv. Refuses with `file-missing`. */
export async function readUpload(request: FastifyRequest): Promise<Buffer> {
  if (Buffer.isBuffer(request.body)) {
    if (request.body.length === 0) throw new Refusal('file-missing');
    return request.body;
  }
  if (!request.isMultipart()) throw new Refusal('file-missing');
  const part = await request.file();
  if (!part) throw new Refusal('file-missing');
  return part.toBuffer();
}
