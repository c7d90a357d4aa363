package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.ActorIri;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * What is known of a person's names.
 *
 * @param did ATProto identity
 * @param handle ATProto handle
 * @param actor ActivityPub actor
 * @param acct fediverse address without a scheme and a leading at-sign
 * @param url their page
 */
public record KnownPerson(
    Optional<Did> did,
    Optional<Handle> handle,
    Optional<ActorIri> actor,
    Optional<String> acct,
    Optional<String> url) {}
