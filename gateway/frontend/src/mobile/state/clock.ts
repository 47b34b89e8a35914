/** The phone's clock, asked nowhere else. */
export const now = (): number => Date.now();
export const instantNow = (): string => new Date().toISOString();
