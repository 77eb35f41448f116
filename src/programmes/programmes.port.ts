export { ReadProgress, type LearnerProgress } from './read-progress.service.js';
export {
  awardPostings,
  drawAward,
  evaluateProgramme,
  missingInWords,
  type AwardDraw,
  type EvaluationCase,
} from './domain/evaluate-programme.js';
export { solve } from './solver.js';
