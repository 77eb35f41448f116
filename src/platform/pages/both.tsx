import type { Bilingual } from '../problems/problem-spec.js';

/** A word or sentence in both languages, Chinese first. */
export function Both({ zh, en }: Bilingual) {
  return (
    <>
      {zh} <span lang="en">{en}</span>
    </>
  );
}
