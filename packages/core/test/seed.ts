/** The seed of every property test. `FC_SEED=random` looks for new failures, `FC_SEED=<n>` repeats one. */
const given = process.env.FC_SEED;

export const seed = given === 'random' ? Date.now() : Number(given ?? 20_251_122);
