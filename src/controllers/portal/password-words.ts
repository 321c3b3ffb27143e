/** What is said of a 备案密码 that cannot be taken. */
export const passwordWords = {
  wrong: "备案密码不对，请核对备案号和密码。忘了的，可以到备案地的管局找回",
  too_many_tries: "备案密码错得太多，管局暂时不再核对。请过几小时再试，或先到管局找回备案密码",
};
