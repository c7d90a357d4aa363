package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import tripod.activitypub.vocab.ReplyPolicy;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.PodNames;

/**
 * Finds who may answer a post, which ATProto says in a record of its own with the post's key, and
 * ActivityPub in the post (GAT-1).
 */
final class ReplyGates {
  private final Lens lens;
  private final PublicGate gate;

  ReplyGates(Lens lens, PublicGate gate) {
    this.lens = lens;
    this.gate = gate;
  }

  /** Adds to a post the policy that the pod has for it. */
  void addPolicy(PodReader view, ObjectNode note, Resource post, PodNames names) {
    find(view, post, names)
        .ifPresent(
            found ->
                note.set(
                    "interactionPolicy",
                    ReplyPolicy.of(found, ReplyPolicy.mentioned(note), names)));
  }

  private Optional<Social.ThreadGate> find(PodReader view, Resource post, PodNames names) {
    Optional<AtUri> own = SocialPaths.atUri(post.path(), names);
    if (own.isEmpty() || !post.path().isUnder(SocialPaths.POSTS)) {
      return Optional.empty();
    }
    return view.get(SocialPaths.THREADGATES.member(post.path().name()))
        .flatMap(
            resource ->
                lens.read(resource, names)
                    .filter(said -> gate.admit(view, resource, said).isPresent()))
        .filter(Social.ThreadGate.class::isInstance)
        .map(Social.ThreadGate.class::cast)
        .filter(found -> found.post().at().equals(own)); // a gate of another post opens nothing
  }
}
