/** What is done about a website that a bureau reported, as staff choose it; the words are also the opinion by default. */
export const siteActionWords = {
  cut: "已断开接入",
  urged: "已督促备案",
  filed: "已备案",
  not_ours: "不在本接入商",
  other: "其他",
} as const;
