// What this device keeps for the supporter, and nobody else: for seven days, then it is gone.

const SEVEN_DAYS_MS = 7 * 24 * 60 * 60 * 1000;
const OURS = 'pennypost:';

/** Null when there is nothing, when it is too old, and where the browser lets us keep nothing. */
export function recall(name) {
  try {
    const { at, value } = JSON.parse(localStorage.getItem(OURS + name) ?? '{}');
    if (at !== undefined && Date.now() - at < SEVEN_DAYS_MS) return value;
    localStorage.removeItem(OURS + name);
  } catch {
    // Private windows may refuse to store: the page works without.
  }
  return null;
}

export function keep(name, value) {
  try {
    localStorage.setItem(OURS + name, JSON.stringify({ at: Date.now(), value }));
  } catch {
    // As above.
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(OURS + name);
  } catch {
    // As above.
  }
}
