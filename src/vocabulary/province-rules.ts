export type ProvinceRule = { code: string; name: string };
