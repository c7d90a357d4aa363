/**
 * The alphabet of the house: identifiers that more than one protocol writes, as values.
 *
 * <p>An instance exists only if its text was valid, so nothing that holds one checks it again.
 * Every type is immutable and may be shared between threads; {@link tripod.syntax.TidClock} is the
 * one that has state, and it is safe for threads too. A refused text is a {@link
 * tripod.syntax.SyntaxException}, and nothing else is thrown for a text.
 *
 * <p>The rule of this room: the JDK and nothing more. No input or output, no clock but the one that
 * {@code TidClock} is given, no behaviour of any protocol. All scanners are written by hand and
 * look at each character a fixed number of times, so that no text from outside can make them slow.
 *
 * <p>Null is nowhere allowed, neither in nor out.
 *
 * @see <a href="https://atproto.com/specs/did">AT Protocol: identifiers</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3987">RFC 3987: IRIs</a>
 */
package tripod.syntax;
