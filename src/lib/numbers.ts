/** A counting number of at most 15 digits, so that it is exact here and fits a column; undefined for any other text. */
export const wholeNumber = (text: string | undefined): number | undefined =>
  /^\d{1,15}$/.test(text ?? "") ? Number(text) : undefined;
