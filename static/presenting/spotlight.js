/** A spotlight on the wall: it stands where the pointer is, and the rest is dimmed. */

/** @type {HTMLElement | null} */
let light = null;

/** @param {PointerEvent} event */
function follow({ clientX, clientY }) {
  light?.style.setProperty("--x", `${clientX}px`);
  light?.style.setProperty("--y", `${clientY}px`);
}

/** Switch it on or off. @param {boolean} on */
export function spotlight(on) {
  if (on === (light !== null)) return;
  if (light) {
    light.remove();
    light = null;
    removeEventListener("pointermove", follow);
    return;
  }
  light = document.createElement("div");
  light.className = "spotlight";
  document.body.append(light);
  addEventListener("pointermove", follow);
}
