/** Stages of an account, the earliest first. */
export const lifecycles = ['lead', 'prospect', 'customer', 'former'] as const;
