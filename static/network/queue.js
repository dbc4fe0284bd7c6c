/**
 * Do one thing after another; of many that wait, those beyond `patience` are let go.
 * @param {number} patience
 */
export function createQueue(patience) {
  let waiting = 0;
  /** @type {Promise<boolean>} */
  let last = Promise.resolve(true);
  /** @param {() => Promise<boolean>} deed @returns {Promise<boolean>} whether it was done */
  return (deed) => {
    if (waiting >= patience) return Promise.resolve(false);
    waiting += 1;
    last = last.catch(() => false).then(deed).finally(() => void (waiting -= 1));
    return last;
  };
}
