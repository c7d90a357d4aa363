package tripod.identity;

import java.security.SecureRandom;

/** Random codes that people read and type: groups of characters between hyphens. */
public final class TypedCode {
  private TypedCode() {}

  /**
   * Makes a code.
   *
   * @param alphabet the characters to choose from, each as likely as the others
   * @param groups how many groups
   * @param chars how many characters each has
   */
  public static String of(SecureRandom random, String alphabet, int groups, int chars) {
    var code = new StringBuilder(groups * (chars + 1));
    for (int i = 0; i < groups * chars; i++) {
      if (i > 0 && i % chars == 0) {
        code.append('-');
      }
      code.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return code.toString();
  }
}
