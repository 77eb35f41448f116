/** One sentence in the two languages people read. `{name}` is filled from the refusal's details. */
export interface Bilingual {
  zh: string;
  en: string;
}

/** What a refusal looks like from outside: status, name, and a sentence that says what to do. */
export interface ProblemSpec {
  status: number;
  title: Bilingual;
  detail: Bilingual;
}

/** A problem from its status, title and detail, Chinese first. */
export function problem(status: number, title: [string, string], detail: [string, string]): ProblemSpec {
  return { status, title: { zh: title[0], en: title[1] }, detail: { zh: detail[0], en: detail[1] } };
}
