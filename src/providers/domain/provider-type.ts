/** Kinds of providers in the city's lifelong-learning network; the list is closed. */
export const PROVIDER_TYPES = [
  'OPEN_UNIVERSITY',
  'COMMUNITY_COLLEGE',
  'COMMUNITY_SCHOOL',
  'COMMUNITY_BRANCH',
  'LECTURE_BASE',
  'ADULT_SCHOOL',
  'WORKER_LIBRARY',
  'WORKER_SCHOOL',
  'LIBRARY',
  'MUSEUM',
  'CULTURE_CENTRE',
  'SCIENCE_MUSEUM',
  'SPORTS_CENTRE',
  'PRIVATE_SCHOOL',
  'LEARNING_ENTERPRISE',
] as const;

/** Kind of a provider. */
export type ProviderType = (typeof PROVIDER_TYPES)[number];
