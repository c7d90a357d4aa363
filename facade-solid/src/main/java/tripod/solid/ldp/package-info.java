/**
 * Containers, documents and files over HTTP: the Solid Protocol's own verbs.
 *
 * <p>Main type: {@link tripod.solid.ldp.LdpDoor}. Its rule: a handler parses, authorises, decides,
 * reads or writes, and answers; what is authorised is decided again inside the write when the rules
 * that count have changed; nothing that exists shows to those who may not know (SEC-73).
 *
 * @see <a href="https://solidproject.org/TR/protocol">Solid Protocol 0.11</a>
 * @see <a href="https://www.w3.org/TR/ldp/">Linked Data Platform 1.0</a>
 */
@NullMarked
package tripod.solid.ldp;

import org.jspecify.annotations.NullMarked;
