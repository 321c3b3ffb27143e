export { captchaPicture } from "./captcha.ts";
export { type JoinProblem, joinPictures } from "./join-pictures.ts";
export {
  BUREAU_LIMIT,
  type InspectedPicture,
  inspectPicture,
  type PreparedPicture,
  type PrepareOptions,
  preparePicture,
  turnPicture,
  VERIFICATION_FORM_LIMIT,
} from "./picture.ts";
export {
  isPictureProblem,
  MAX_PICTURE_BYTES,
  type PictureProblem,
  type PictureProblemCode,
  pictureProblemText,
} from "./picture-problem.ts";
