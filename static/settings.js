/** What this browser remembers between visits. */

/** A setting of this browser; storage may be forbidden in a frame. @param {string} key @param {string} value */
export function keepSetting(key, value) {
  try {
    localStorage.setItem(`gradwalk.${key}`, value);
  } catch {
    // Without storage the setting holds until the page is closed.
  }
}

/** @param {string} key */
export function keptSetting(key) {
  try {
    return localStorage.getItem(`gradwalk.${key}`);
  } catch {
    return null;
  }
}
