export { Policies } from './policies.service.js';
export { PolicyPackError } from './domain/read-policy-pack.js';
export * from './domain/policy-pack.js';
export { protectedWordIn } from './domain/programmes.js';
