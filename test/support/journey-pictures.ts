import { demoPicture, photograph } from "../../src/demo/pictures/index.ts";
import type { Applicant } from "./journey-registrant.ts";
import { providers } from "./people.ts";
import { phonePhoto } from "./pictures.ts";

export type Picture = { name: string; mimeType: string; buffer: Buffer };

const jpeg = (name: string, buffer: Buffer): Picture => ({ name, mimeType: "image/jpeg", buffer });

/** A phone's photo of 12 megapixels, lying on its side as the phone was held; all stories send the same. */
let large: Promise<Buffer> | undefined;

const isp = providers.first.legalName;
const SIGNED = "2026年11月18日";

/** What each slot gets: papers drawn with the applicant's own data, the form as photographed with a phone. */
export const pictures = {
  certificate: async ({ company, certNo, person, residence: address }: Applicant): Promise<Picture> => {
    const paper = { name: company, creditCode: certNo, address, legalRepresentative: person };
    const drawn = await demoPicture("businessLicence", paper);
    return jpeg("执照.jpg", await photograph(drawn, { orientation: 8, megapixels: 2 }));
  },
  leader: async ({ person, idNo, residence: address }: Applicant): Promise<Picture> =>
    jpeg("身份证.jpg", await demoPicture("identityCard", { name: person, identity: idNo, address })),
  form: async (_: Applicant): Promise<Picture> => {
    large ??= phonePhoto();
    return jpeg("IMG_0042.jpg", await large);
  },
  signedForm: async (applicant: Applicant): Promise<Picture> => {
    const { company: subject, newName: site, domain, person, idNo: identity, mobile } = applicant;
    const paper = { isp, subject, site, domain, person, identity, mobile, signedOn: SIGNED };
    return jpeg("核验单.jpg", await demoPicture("verificationForm", paper));
  },
  domain: async ({ domain, company: holder }: Applicant): Promise<Picture> =>
    jpeg("域名证书.jpg", await demoPicture("domainCertificate", { domain, holder })),
  photo: async ({ person, idNo: identity }: Applicant): Promise<Picture> =>
    jpeg("照片.jpg", await demoPicture("curtainPhoto", { person, identity, isp })),
};
