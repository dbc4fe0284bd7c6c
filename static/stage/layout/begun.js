/** What a worker says as soon as it has a question. */
export const BEGUN = "begun";
