/** Names that nobody else has: 128 random bits. Over plain HTTP browsers offer no `randomUUID`. */
export const unique = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
