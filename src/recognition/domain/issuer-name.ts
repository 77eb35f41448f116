import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import { canonicalName } from './outcome-identity.js';

/** An issuer as the rules spell it, where they know it, so that one issuer is counted as one however a paper writes it. */
export function issuerName(pack: PolicyPack | null, issuer: string): string {
  const known = [
    ...(pack?.recognition?.catalogue ?? []).flatMap(({ issuers, project }) => [
      ...issuers,
      ...(project ? [project.issuer] : []),
    ]),
    ...(pack?.caps ?? []).flatMap(({ only }) => only.providers),
  ];
  const canonical = canonicalName(issuer);
  return (
    known.find((name) => canonicalName(name) === canonical) ?? issuer.normalize('NFKC').replace(/\s+/g, ' ').trim()
  );
}
