package tripod.activitypub.signature;

import java.util.Base64;
import java.util.Map;
import tripod.activitypub.activity.ActivityFailure;

/** What signatures of either scheme say beside what they cover. */
final class SignatureParams {
  private SignatureParams() {}

  /**
   * Returns what a signature must say.
   *
   * @throws ActivityFailure.Unproven when it does not, or says nothing by it
   */
  static String need(Map<String, String> params, String name) {
    String value = params.get(name);
    if (value == null || value.isEmpty()) {
      throw new ActivityFailure.Unproven("the signature has no " + name);
    }
    return value;
  }

  /**
   * Returns a time that a signature must say, in seconds since 1970.
   *
   * @throws ActivityFailure.Unproven when it does not, or says no time
   */
  static long seconds(Map<String, String> params, String name) {
    String text = need(params, name);
    if (!text.matches("[0-9]{1,12}")) {
      throw new ActivityFailure.Unproven("the signature's time is not a number of seconds");
    }
    return Long.parseLong(text);
  }

  /**
   * Returns the bytes of a signature.
   *
   * @throws ActivityFailure.Unproven when the text is not base 64
   */
  static byte[] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new ActivityFailure.Unproven("the signature is not base 64", e);
    }
  }
}
