/** A phrase in Bangla and in English, in this order. Nothing on a screen is written anywhere else. */
export type Phrase = readonly [bn: string, en: string];
