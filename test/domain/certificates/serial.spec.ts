import fc from 'fast-check';
import { makeSerial, readSerial } from '../../../src/certificates/domain/serial.js';

const RANDOM = fc.uint8Array({ minLength: 12, maxLength: 16 });

describe('a serial', () => {
  it('names its kind, has 14 characters and is read back as it was made', () => {
    fc.assert(
      fc.property(RANDOM, fc.constantFrom('certificate' as const, 'transcript' as const), (random, kind) => {
        const serial = makeSerial(kind, random);
        expect(serial).toHaveLength(14);
        expect(serial[0]).toBe(kind === 'certificate' ? 'C' : 'T');
        expect(readSerial(serial)).toBe(serial);
      }),
    );
  });

  it('is read as people type it: lower case, full width, with spaces and hyphens', () => {
    const serial = makeSerial('certificate', new Uint8Array(12).fill(7));
    expect(readSerial(` ${serial.slice(0, 5).toLowerCase()}-${serial.slice(5, 9)} ${serial.slice(9)} `)).toBe(serial);
    expect(readSerial(serial.replace(/^C/, 'Ｃ'))).toBe(serial);
  });

  it('is not read with any one character wrong', () => {
    fc.assert(
      fc.property(
        RANDOM,
        fc.integer({ min: 1, max: 13 }),
        fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
        (random, place, character) => {
          const serial = makeSerial('transcript', random);
          fc.pre(serial[place] !== character);
          expect(readSerial(`${serial.slice(0, place)}${character}${serial.slice(place + 1)}`)).toBeNull();
        },
      ),
    );
  });

  it.each(['', 'C', 'X0000000000000', '../etc/passwd', "C' or 1=1 --", '证书'])('%j is none', (text) => {
    expect(readSerial(text)).toBeNull();
  });
});
