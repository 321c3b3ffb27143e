/** Keys of a responsible person (负责人): the subject's are short, a website's begin with `leader`. */
export const personKeys = {
  subject: {
    name: "person",
    idType: "idType",
    idNo: "idNo",
    idValidUntil: "idValidUntil",
    mobile: "mobile",
    emergency: "emergency",
    phone: "phone",
    email: "email",
    messengerType: "messengerType",
    messenger: "messenger",
  },
  website: {
    name: "leaderName",
    idType: "leaderIdType",
    idNo: "leaderIdNo",
    idValidUntil: "leaderIdValidUntil",
    mobile: "leaderMobile",
    emergency: "leaderEmergency",
    phone: "leaderPhone",
    email: "leaderEmail",
    messengerType: "leaderMessengerType",
    messenger: "leaderMessenger",
  },
} as const;

export type PersonSection = keyof typeof personKeys;
