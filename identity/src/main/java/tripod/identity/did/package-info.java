/**
 * Decentralized identifiers: the embedded directory, other directories, documents, handles.
 *
 * <p>Main type: {@link tripod.identity.did.DidResolver}. Its rule: an operation counts only if a
 * key that was in power signed its very bytes; a document counts only if its id is the one asked
 * for; a handle counts only if both directions agree (SEC-83).
 *
 * @see <a href="https://web.plc.directory/spec/v0.1/did-plc">did:plc, version 0.1</a>
 * @see <a href="https://w3c-ccg.github.io/did-method-web/">did:web</a>
 */
@NullMarked
package tripod.identity.did;

import org.jspecify.annotations.NullMarked;
