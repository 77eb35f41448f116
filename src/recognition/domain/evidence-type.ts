/** Kinds of file that can be evidence. */
export const EVIDENCE_TYPES = ['application/pdf', 'image/png', 'image/jpeg'] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

const ENDINGS: Record<EvidenceType, string[]> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
};

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG_START = [0xff, 0xd8, 0xff];
const PDF_START = [0x25, 0x50, 0x44, 0x46, 0x2d];
/** A PDF ends with this mark; readers look for it in the last kilobyte. */
const PDF_END = [0x25, 0x25, 0x45, 0x4f, 0x46];
const PDF_TAIL_BYTES = 1_024;

/**
 * What a file is by its own bytes, never by its name or by what the sender says; null when it is none of the kinds. The
 * mark must stand at the very beginning: a page of HTML with a PDF further on is a page of HTML.
 */
export function evidenceTypeOf(content: Uint8Array): EvidenceType | null {
  if (startsWith(content, PDF_START)) return hasPdfEnd(content) ? 'application/pdf' : null;
  if (startsWith(content, PNG_SIGNATURE)) return isWholePng(content) ? 'image/png' : null;
  return startsWith(content, JPEG_START) && hasJpegEnd(content) ? 'image/jpeg' : null;
}

/** True when a name ends the way files of this kind do: what a computer would open it with is what it is. */
export function hasFittingName(fileName: string, type: EvidenceType): boolean {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase();
  return ending !== undefined && ENDINGS[type].includes(ending);
}

function startsWith(content: Uint8Array, mark: number[], offset = 0): boolean {
  return mark.every((byte, index) => content[offset + index] === byte);
}

function hasPdfEnd(content: Uint8Array): boolean {
  for (let offset = Math.max(0, content.length - PDF_TAIL_BYTES); offset < content.length; offset += 1)
    if (startsWith(content, PDF_END, offset)) return true;
  return false;
}

/** The chunks lead from the signature to the end of the file, and the last one is IEND: nothing hides behind the picture. */
function isWholePng(content: Uint8Array): boolean {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  for (let offset = PNG_SIGNATURE.length; offset + 12 <= content.length;) {
    const next = offset + 12 + view.getUint32(offset);
    if (view.getUint32(offset + 4) === 0x49454e44) return next === content.length;
    offset = next;
  }
  return false;
}

/** Cameras write a few bytes after the end mark; more than that is something else. */
const JPEG_TAIL_BYTES = 4_096;

function hasJpegEnd(content: Uint8Array): boolean {
  for (let offset = content.length - 2; offset >= Math.max(2, content.length - JPEG_TAIL_BYTES); offset -= 1)
    if (content[offset] === 0xff && content[offset + 1] === 0xd9) return true;
  return false;
}
