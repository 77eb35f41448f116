import { Both } from '../../platform/pages/both.js';
import { studyTime } from '../words.js';

/** Study time in both languages. */
export function StudyTime({ seconds }: { seconds: number }) {
  return <Both {...studyTime(seconds)} />;
}
