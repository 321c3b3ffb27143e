import type { Block, Sheet } from "./sheet.ts";

const text = (heading: string, paragraphs: readonly string[]): Block => ({
  kind: "text",
  heading,
  paragraphs,
});

const take: Block = {
  kind: "checks",
  heading: "一、拍照以前逐条看一遍",
  groups: [
    {
      name: "人",
      checks: [
        { text: "网站负责人本人，免冠，露出五官和双肩", answers: ["好了"] },
        { text: "不穿红色、蓝色上衣，衣着与季节相符", answers: ["好了"] },
        { text: "半身照：头顶到胸口，双手自然放下", answers: ["好了"] },
      ],
    },
    {
      name: "幕布",
      checks: [
        { text: "幕布挂平，没有褶皱，占满画面，看不到墙", answers: ["好了"] },
        { text: "头顶低于幕布上沿，不挡住幕布上的字", answers: ["好了"] },
        { text: "幕布上的字看得清，正着，不是镜像", answers: ["好了"] },
      ],
    },
    {
      name: "照片",
      checks: [
        { text: "彩色，光线均匀，没有反光和阴影", answers: ["好了"] },
        { text: "新拍的，没有修图，不是翻拍的照片", answers: ["好了"] },
        { text: "相机里关闭美颜和镜像", answers: ["好了"] },
      ],
    },
  ],
};

/** 拍照说明: how the photo before the curtain is taken; a sheet to take along. */
export const photoGuide = (): Sheet => ({
  title: "核验照片拍照说明",
  reference: "拍照时带上这一页",
  blocks: [
    take,
    text("二、幕布从哪里来", [
      "信息初审通过以后，在备案单里申请幕布，接入商免费寄出；有的接入商也接受自备的幕布，字样以备案单里写的为准。",
      "用完请保管好，以后新增网站、变更负责人还要用。",
    ]),
    text("三、怎样上传", [
      "在备案单的“拍照上传”里选择照片，手机拍的可以直接上传，不用压缩，系统会自动处理。",
      "照片和本人不像、看不清幕布的，会退回重拍。退回不影响已经填好的内容。",
    ]),
  ],
  notes: ["不要使用电子合成的背景。", "同一位负责人的多个网站，每次核验都要新拍。"],
  advice: "",
  blank: true,
});
