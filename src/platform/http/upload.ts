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
