/**
 * Who sent a request and who wrote a document: HTTP signatures, object proofs, and the keys of
 * others.
 *
 * <p>Main types: {@link tripod.activitypub.signature.SignatureVerifier} and {@link
 * tripod.activitypub.signature.RequestSigner}. Its rule: a key counts only when its owner's own
 * document lists it, and a signature only when it covers all that could be bent. Linked-data
 * signatures are never trusted (SEC-80).
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12">HTTP
 *     Signatures, draft 12</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9421">RFC 9421: HTTP Message Signatures</a>
 */
@NullMarked
package tripod.activitypub.signature;

import org.jspecify.annotations.NullMarked;
