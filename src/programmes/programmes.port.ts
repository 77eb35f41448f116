export { ReadProgress, type LearnerProgress } from './read-progress.service.js';
export {
  awardPostings,
  drawAward,
  evaluateProgramme,
  missingInWords,
  type AwardDraw,
} from './domain/evaluate-programme.js';
