/**
 * Open a page that is a file of its own: unpack its modules, name each of them, and start the first.
 * A script in the page's text, not a module: names can be given only before the first module comes.
 */
(async () => {
  const { nonce } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const add = (/** @type {string} */ type, /** @type {string} */ text) =>
    document.head.append(Object.assign(document.createElement("script"), { type, nonce, textContent: text, id: type === "application/json" ? "config" : "" }));
  try {
    const bytes = Uint8Array.from(atob(element("packed").textContent ?? ""), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const { modules, config } = await new Response(stream).json();
    const named = Object.entries(modules).map(([name, text]) => [name, `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`]);
    add("application/json", JSON.stringify(config));
    add("importmap", JSON.stringify({ imports: Object.fromEntries(named) }));
    add("module", 'import "gradwalk/main.js";');
  } catch {
    element("old").hidden = false;
  }
})();
