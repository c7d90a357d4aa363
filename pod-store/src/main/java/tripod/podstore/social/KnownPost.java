package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;

/**
 * What is known of a post's names; at least one is there.
 *
 * @param at its ATProto name
 * @param cid the version that was last seen
 * @param iri its ActivityPub id
 * @param page where people read it
 * @param root the first post of its thread, where it is a reply and that is known
 * @param author who wrote it
 * @param open whether it is known that everybody may see it
 */
public record KnownPost(
    Optional<AtUri> at,
    Optional<Cid> cid,
    Optional<String> iri,
    Optional<String> page,
    Optional<Ref> root,
    Optional<KnownPerson> author,
    boolean open) {}
