/** A network that is only looked at is followed: what others do with it is seen soon after. */
import { viewing } from "../network/shown.js";

/** So often it is asked whether the network has changed, in milliseconds. */
const EVERY = 2000;

/** @param {import("./graph.js").Tools} tools @param {import("./sight.js").Sight} sight */
export function followingActions({ store: { get, set }, api: { networks } }, sight) {
  /** Ask whether the network has another version by now; who looks at an earlier iteration stays there. */
  async function follow() {
    const { net, pending, playing } = get();
    if (!net || !viewing(get()) || pending || playing || document.hidden) return;
    const there = await networks.get(net.id).catch(() => null);
    if (!there || there.version === net.version || get().net !== net) return;
    if (net.iteration === net.stands_at) await sight.reload({ at: -1 });
    else set({ net: { ...net, version: there.version, furthest: there.furthest, stands_at: there.stands_at } });
  }

  return { followNetwork: () => setInterval(() => void follow(), EVERY) };
}
