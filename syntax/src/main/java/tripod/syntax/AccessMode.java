package tripod.syntax;

/**
 * What a rule of an access control list allows.
 *
 * @see <a href="https://solidproject.org/TR/wac#access-modes">Web Access Control: access modes</a>
 */
public enum AccessMode {
  /** Reading. */
  READ,
  /** Adding without changing what is there; every {@link #WRITE} implies it. */
  APPEND,
  /** Changing and deleting. */
  WRITE,
  /** Reading and writing the access control list itself; implies none of the others. */
  CONTROL
}
