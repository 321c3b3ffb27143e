import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary } from "@zxcvbn-ts/language-common";

/** What people in China put into passwords first and the package's list lacks. */
const common = [
  ...[
    "woaini",
    "woaini1314",
    "woaini520",
    "5201314",
    "1314520",
    "wodemima",
    "mima",
    "zhongguo",
    "beijing",
    "shanghai",
  ],
  ...[
    "wang",
    "zhang",
    "zhao",
    "chen",
    "yang",
    "huang",
    "aini1314",
    "wo3ai4ni5",
    "nihao",
    "caonima",
    "laopo",
    "laogong",
  ],
  ...["beian", "wangzhan", "gongsi", "admin888", "a123456", "qq123456", "1qaz2wsx", "qazwsxedc"],
];

let judge: ZxcvbnFactory | undefined;

/**
 * Whether a password is common, leaked or soon guessed (below a million tries), also with what belongs to the person
 * (`own`: user name, e-mail). zxcvbn's estimate: Wheeler, "zxcvbn: Low-Budget Password Strength Estimation", 2016.
 */
export function isWeakPassword(password: string, own: string[]): boolean {
  judge ??= new ZxcvbnFactory({
    dictionary: { ...dictionary, "common-cn": common },
    graphs: adjacencyGraphs,
  });
  return judge.check(password.slice(0, 72), own.filter(Boolean)).score < 2;
}
