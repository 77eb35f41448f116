export { Policies } from './policies.service.js';
export * from './domain/policy-pack.js';
export { protectedWordIn } from './domain/check-policy-pack.js';
