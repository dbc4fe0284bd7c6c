/** The requests of the reference: what its forms ask of this server, and what comes back. */

/** @typedef {{status: number, reason: string, text: string, ms: number}} Answer */

/** The address that a form's fields make. @param {string} path @param {{name: string, place: string, value: string}[]} fields */
export function address(path, fields) {
  const query = new URLSearchParams(fields.filter((f) => f.place === "query" && f.value).map((f) => [f.name, f.value]));
  const filled = fields
    .filter((f) => f.place === "path")
    .reduce((whole, f) => whole.replace(`{${f.name}}`, encodeURIComponent(f.value)), path);
  return query.size ? `${filled}?${query}` : filled;
}

/** JSON with line breaks; what is none stays as it is. @param {string} text */
export function readable(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** @param {string} method @param {string} url @param {string | null} body @returns {Promise<Answer>} */
export async function send(method, url, body) {
  const start = performance.now();
  const headers = body === null ? undefined : { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body });
  const text = readable(await response.text());
  return { status: response.status, reason: response.statusText, text, ms: Math.round(performance.now() - start) };
}
