package tripod.syntax;

/**
 * The number of a pod: our own name for a person's data, in no protocol and on no wire.
 *
 * <p>It never leaves the house: not in a URL, not in an answer, not in an error that a stranger
 * reads. Numbers in a row would tell how many pods there are, and which is the oldest.
 *
 * @param value positive
 * @see <a href="https://cwe.mitre.org/data/definitions/639.html">CWE-639: access through a key that
 *     users can guess</a>
 */
public record PodId(long value) {
  /**
   * Checks that the number is positive.
   *
   * @throws SyntaxException when it is zero or negative
   */
  public PodId {
    if (value <= 0) {
      throw new SyntaxException("positive pod number", Long.toString(value));
    }
  }
}
