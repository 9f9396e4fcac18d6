/** A file that cannot be read any further, because it is cut off or damaged; its message says how. */
export class BrokenFile extends Error {}
