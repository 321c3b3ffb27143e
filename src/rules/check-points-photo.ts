import type { CheckPoint } from "./check-points.ts";

const photo = { phase: "verification", of: "website", field: null, slot: "photo" } as const;

/** What a person judges with the photo. */
export const photoPoints: readonly CheckPoint[] = [
  {
    ...photo,
    ...{ id: "photo-is-leader", ref: "P06" },
    text: "照片上的人就是网站负责人，和身份证上是同一个人吗？",
    sources: ["HWFLOW", "AL-UP"],
  },
  {
    ...photo,
    ...{ id: "photo-half-length", ref: "V01" },
    text: "是免冠的半身照，看得清脸和肩膀，头顶没有高过幕布上沿吗？",
    sources: ["TREJ", "72DNS"],
  },
  {
    ...photo,
    ...{ id: "photo-colours", ref: "V02" },
    text: "没有穿红色或蓝色上衣吗？",
    sources: ["AL-PHOTO", "CT"],
  },
  {
    ...photo,
    ...{ id: "photo-curtain", ref: "V03" },
    text: "幕布铺满画面、方向正确，本公司的文字看得清，没有左右颠倒吗？",
    sources: ["TREJ", "TPHOTO"],
  },
  {
    ...photo,
    ...{ id: "photo-recent", ref: "V04" },
    text: "是近期拍的，着装和季节相符，没有用过旧照，没有修图，也不是合成的幕布吗？",
    sources: ["TREJ", "TPHOTO"],
  },
  {
    ...photo,
    ...{ id: "photo-slogan", ref: "V05" },
    province: { column: "curtainSlogan" },
    text: "看得见幕布底部的“{slogan}”，没有露出幕布的边吗？",
    sources: ["TPHOTO"],
  },
  {
    ...photo,
    ...{ id: "photo-own-curtain", ref: "V08" },
    text: "用自制幕布的，样式和文字与本公司的一致吗？",
    sources: ["21V"],
  },
  {
    ...photo,
    ...{ id: "photo-face", ref: "V09" },
    text: "光线均匀，不过暗也不过亮，帽子、刘海、眼镜没有挡住脸吗？",
    sources: ["AL-UP", "HWREJ", "ORAY"],
  },
  {
    ...photo,
    ...{ id: "form-countersigned", ref: "R17", slot: "form" },
    text: "核验单的核验人一栏已由本公司签字盖章了吗？",
    sources: ["TREJ", "72DNS"],
  },
];
