const CODE = /^[A-Z0-9-]{2,40}$/;

/** True for a code that a provider, course or session may have: 2 to 40 capital letters, digits and hyphens. */
export function isCatalogueCode(text: string): boolean {
  return CODE.test(text);
}
