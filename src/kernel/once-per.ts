/** A function of an object that is asked once for each object: the answer is kept as long as the object is. */
export function oncePer<K extends object, V>(answer: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, { value: V }>();
  return (of) => {
    const kept = known.get(of) ?? { value: answer(of) };
    known.set(of, kept);
    return kept.value;
  };
}
