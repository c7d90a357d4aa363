package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.PodNames;

/**
 * What this server knows of other people's names and of the names of their posts.
 *
 * <p>Asked while a write is prepared, so it answers from memory or from the database and never from
 * the network. Safe between threads.
 */
public interface NameBook {
  /** A book without entries. */
  NameBook EMPTY = new NameBook() {};

  /** Returns what is known of an ATProto identity. */
  default Optional<KnownPerson> person(Did did) {
    return Optional.empty();
  }

  /** Returns what is known of an actor, by its id or by its page. */
  default Optional<KnownPerson> person(String iri) {
    return Optional.empty();
  }

  /** Returns what is known of a record. */
  default Optional<KnownPost> post(AtUri uri) {
    return Optional.empty();
  }

  /** Returns what is known of an ActivityPub object. */
  default Optional<KnownPost> post(String iri) {
    return Optional.empty();
  }

  /** Returns what is known of a file of the pod. */
  default Optional<KnownBlob> blob(Cid blob) {
    return Optional.empty();
  }

  /** Returns a web page that shows somebody who has no ActivityPub actor (mapping TXT-6). */
  default String profilePage(Did did) {
    return "https://bsky.app/profile/" + did;
  }

  /** Returns a web page that shows a record which has no ActivityPub id (mapping REP-3). */
  default Optional<String> postPage(AtUri uri) {
    return uri.hasDid()
            && uri.rkey().isPresent()
            && uri.collection().filter(c -> c.value().equals("app.bsky.feed.post")).isPresent()
        ? Optional.of(profilePage(uri.did()) + "/post/" + uri.rkey().get())
        : Optional.empty();
  }

  /** Returns this book with the pod's own person and the names of its own resources in it. */
  default NameBook withOwn(PodNames names) {
    return new OwnNames(names, this);
  }
}
