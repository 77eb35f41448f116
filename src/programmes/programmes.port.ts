export { EvaluateAll, type LearnerEvaluation } from './evaluate-all.service.js';
export { ReadProgress, type LearnerProgress } from './read-progress.service.js';
export {
  awardPostings,
  drawAward,
  evaluateProgramme,
  missingInWords,
  type AwardDraw,
} from './domain/evaluate-programme.js';
export { solve } from './solver.js';
