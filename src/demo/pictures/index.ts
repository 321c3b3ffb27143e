import { businessLicence, type LicenceData } from "./business-licence.ts";
import { type CurtainPhotoData, curtainPhoto } from "./curtain-photo.ts";
import { type Drawing, jpegOf } from "./drawing.ts";
import { type IdentityCardData, identityCard, identityCardSide } from "./identity-card.ts";
import {
  authorisationLetter,
  type DomainCertificateData,
  domainCertificate,
  type LetterData,
  type VerificationFormData,
  verificationForm,
} from "./papers.ts";

export { type PhotographOptions, photograph } from "./photograph.ts";

/** What each demo picture needs to know. All people and papers are invented, and each says 演示. */
export type DemoPictures = {
  businessLicence: LicenceData;
  identityCard: IdentityCardData;
  identityCardFront: IdentityCardData;
  identityCardBack: IdentityCardData;
  verificationForm: VerificationFormData;
  domainCertificate: DomainCertificateData;
  authorisationLetter: LetterData;
  curtainPhoto: CurtainPhotoData;
};

const DRAWINGS: { [Kind in keyof DemoPictures]: (data: DemoPictures[Kind]) => Drawing } = {
  businessLicence,
  identityCard,
  identityCardFront: (data) => identityCardSide(data, "front"),
  identityCardBack: (data) => identityCardSide(data, "back"),
  verificationForm,
  domainCertificate,
  authorisationLetter,
  curtainPhoto,
};

/** Draws a picture for the demo and the tests: a JPEG of about one megapixel. */
export const demoPicture = <Kind extends keyof DemoPictures>(
  kind: Kind,
  data: DemoPictures[Kind],
): Promise<Buffer> => jpegOf(DRAWINGS[kind](data));
