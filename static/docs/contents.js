/** The list of contents: closed at first where it would cover the page, and lit where one reads. */

const NARROW = "(max-width: 900px)";

/** Close the list on a phone, and after a choice there. */
function fold() {
  const list = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".contents details"));
  const narrow = matchMedia(NARROW);
  const follow = () => list?.toggleAttribute("open", !narrow.matches);
  narrow.addEventListener("change", follow);
  list?.addEventListener("click", (event) => {
    if (narrow.matches && /** @type {Element} */ (event.target).closest("a")) list.open = false;
  });
  follow();
}

/** Mark the link to the part that is being read. */
function light() {
  const links = new Map([...document.querySelectorAll(".toc a")].map((a) => [a.getAttribute("href")?.slice(1), a]));
  const parts = [...document.querySelectorAll("main article[id]")];
  const mark = (/** @type {string} */ id) => {
    for (const a of links.values()) a.removeAttribute("aria-current");
    const link = links.get(id);
    link?.setAttribute("aria-current", "location");
    link?.scrollIntoView({ block: "nearest" });
  };
  /** @type {Set<Element>} */
  const visible = new Set();
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) visible[entry.isIntersecting ? "add" : "delete"](entry.target);
    const first = parts.find((part) => visible.has(part));
    if (first) mark(first.id);
  }, { rootMargin: "-12% 0px -80% 0px" });
  for (const part of parts) seen.observe(part);
}

/** Make the list of contents follow the reader. */
export function attachContents() {
  fold();
  light();
}
