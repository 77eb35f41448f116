/** Prints one line of the story. */
export type Print = (line: string) => void;
