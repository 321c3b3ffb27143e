/** The outside did not answer as hoped; trying again may help. */
export class GatewayFailed extends Error {
  override name = "GatewayFailed";
}
