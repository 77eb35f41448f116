import { expectMistakes, mistakesAfter, mistakesOf } from './pack-parts.js';
import { BROKEN_IN_SHAPE } from './misshapen-packs.js';

describe('a pack file with mistakes of shape in some items', () => {
  it('names the mistakes of meaning in the others as well, where they stand in the file', () => {
    const mistakes = mistakesAfter((file) => {
      Object.assign(file.creditTypes[0]!, { bonus: 1 });
      file.creditTypes[1]!.tariff = 'nowhere';
      Object.assign(file.tariffs[1]!, { rounding: 'never' });
      Object.assign(file.tariffs[0]!, { classHoursPerCredit: 17.5 });
    });
    expectMistakes(mistakes, [
      '/creditTypes/0 there is no field bonus',
      '/tariffs/1/rounding must be one of',
      '/creditTypes/1/tariff vocational: there is no tariff nowhere',
      '/tariffs/0/classHoursPerCredit leisure-time: a step of 1 hundredths is 472.5 seconds',
    ]);
  });

  it('looks past an ill-shaped head of the file as well', () => {
    const mistakes = mistakesAfter((file) => {
      Object.assign(file, { version: 2024.1, bonus: 1, dayCap: undefined, calendar: { weekend: [8] } });
      file.activityTypes[3]!.tariff = 'nowhere';
    });
    expectMistakes(mistakes, [
      '/version must be text',
      '/ there is no field bonus',
      '/ the field dayCap is missing',
      '/calendar/weekend/0 must be <= 7',
      '/activityTypes/3/tariff ONLINE_COURSE: there is no tariff nowhere',
    ]);
  });

  it('is not told that what is ill-shaped is missing', () => {
    const mistakes = mistakesAfter((file) => Object.assign(file.tariffs[0]!, { rounding: 'never' }));
    expectMistakes(mistakes, ['/tariffs/0/rounding must be one of']);
  });
});

describe('a pack file is refused', () => {
  it.each(BROKEN_IN_SHAPE)('with %s', (_, change, mistakes) => {
    expectMistakes(mistakesAfter(change), mistakes);
  });

  it.each([null, 'taiyuan', 42, [], {}])('when it says %j', (content) => {
    expect(mistakesOf(content)).not.toEqual([]);
  });
});
