import type { Sheet } from "../lib/spreadsheet/index.ts";
import { productColumnNames, productColumns } from "./product.ts";

/** The empty table of products, and what its columns mean on a second sheet. */
export const productTemplate = (): Sheet[] => [
  { name: "产品", rows: [productColumnNames.map((name) => productColumns[name].label)] },
  {
    name: "说明",
    widths: [16, 8, 90],
    rows: [
      ["列", "必填", "怎么填"],
      ...productColumnNames.map((name) => {
        const { label, required, note } = productColumns[name];
        return [label, required ? "是" : "", note];
      }),
    ],
  },
];
