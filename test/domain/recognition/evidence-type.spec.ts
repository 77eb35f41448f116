import fc from 'fast-check';
import { evidenceTypeOf, hasFittingName } from '../../../src/recognition/domain/evidence-type.js';
import { jpeg, pdf, png } from '../../support/recognition.js';

describe('a file of evidence', () => {
  it.each([
    ['a PDF', pdf(), 'application/pdf'],
    ['a PNG', png(), 'image/png'],
    ['a JPEG', jpeg(), 'image/jpeg'],
    ['a PNG with something behind it', png('<html>'), null],
    ['a PDF behind a space', Buffer.concat([Buffer.from(' '), pdf()]), null],
    ['a PDF without an end', Buffer.from('%PDF-1.7 abc'), null],
    ['a PNG cut off', png().subarray(0, 20), null],
    ['nothing', Buffer.alloc(0), null],
    ['a ZIP', Buffer.from('PK\u0003\u0004'), null],
  ])('that is %s is known by its bytes', (_, content, type) => {
    expect(evidenceTypeOf(content)).toBe(type);
  });

  it('is never read beyond its end', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(pdf(), png(), jpeg()),
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(60),
        (file, tail, cut) => {
          const spoilt = Buffer.concat([file.subarray(0, cut), tail]);
          const type = evidenceTypeOf(spoilt);
          return type === null || hasFittingName('a.pdf', type) === (type === 'application/pdf');
        },
      ),
    );
  });
});
