/** Networks as things that are kept: named, linked to, remembered in this browser, brought from a file, deleted. */
import { draftOf } from "../network/draft.js";
import { gist, readRecent, withRecent, withoutRecent } from "../network/recent.js";
import { keepSetting, keptSetting } from "../settings.js";

const KEY = "networks";

/** @param {import("./graph.js").Tools} tools @param {import("./graph.js").GraphActions} graph
 * @param {ReturnType<typeof import("./network.js").networkActions>} network */
export function savedActions({ store: { get, set }, api: { networks }, t }, graph, network) {
  /** @param {import("../network/recent.js").Recent[]} recent */
  function keep(recent) {
    set({ recent });
    keepSetting(KEY, JSON.stringify(recent));
  }
  /** @param {string} id */
  const forget = (id) => keep(withoutRecent(get().recent, id));

  return {
    forget,
    recall: () => set({ recent: readRecent(keptSetting(KEY)) }),
    forgetAll: () => keep([]),
    /** @param {import("../network/requests.js").Network} net */
    remember: (net) => keep(withRecent(readRecent(keptSetting(KEY)), { id: net.id, name: net.name ?? "", of: gist(net.spec), at: Date.now() })),
    /** The address of the network alone, without where one stands in it. @param {"view" | "edit"} kind  what it lets others do */
    copyLink(kind) {
      const link = new URL(location.pathname, location.href);
      const only = kind === "view" && get().net?.links.view;
      const id = only ? new URL(only).searchParams.get("network") ?? "" : get().network;
      link.search = new URLSearchParams({ network: id, left: "network", tab: "training", lang: get().lang }).toString();
      const say = (/** @type {string} */ key) => () => set({ toast: t(key, { link: link.href }) });
      const done = navigator.clipboard?.writeText(link.href);
      if (done) done.then(say("ui.net.linkCopied"), say("ui.net.linkShown"));
      else say("ui.net.linkShown")();
    },
    /** @param {File} file  what the export JSON wrote */
    async importNetwork(file) {
      let written;
      try {
        if (file.size > (get().tables?.limits.body_bytes ?? Infinity)) throw new Error("too large");
        written = JSON.parse(await file.text());
      } catch {
        return set({ toast: t("ui.net.noNetworkFile", { name: file.name }) });
      }
      set({ pending: true });
      try {
        await network.enter(await networks.importDocument(written), { toast: t("ui.net.imported", { name: file.name }) });
      } catch (error) {
        const problem = graph.problemOf(error);
        set({ pending: false, toast: problem.pointer === "/format" ? t("ui.net.noNetworkFile", { name: file.name }) : `${file.name}: ${problem.detail}` });
      }
    },
    /** Delete the network for good; its draft stays. */
    async deleteNetwork() {
      const { net } = get();
      if (!net) return;
      try {
        await networks.remove(net.id, net.version);
      } catch (error) {
        const problem = graph.problemOf(error);
        if (problem.status !== 404) return set({ toast: problem.detail, confirming: false });
      }
      forget(net.id);
      await network.leave();
      set({ build: draftOf(net.spec, net.name), left: "network", confirming: false, toast: t("ui.net.deleted") });
    },
  };
}
