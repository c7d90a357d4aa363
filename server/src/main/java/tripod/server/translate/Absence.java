package tripod.server.translate;

import tripod.podstore.social.Audience;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Naming;
import tripod.podstore.social.Social;

/** Says why something has no record. */
final class Absence {
  private Absence() {}

  static String reason(Social social, NameBook book) {
    if (social.audience() == Audience.UNLISTED) {
      return "unlisted; the owner has not allowed unlisted posts on ATProto";
    }
    if (social.audience() != Audience.PUBLIC) {
      return social instanceof Social.Block
          ? "owner has not chosen public block records"
          : social instanceof Social.Like
              ? "object is not public"
              : social instanceof Social.PeopleList ? "private list" : "not public";
    }
    return switch (Naming.complete(social, book)) {
      case Social.Post post -> "parent has no at:// name";
      case Social.Follow follow -> "subject has no DID";
      case Social.Block block -> "subject has no DID";
      case Social.Like like -> "subject has no at:// name";
      case Social.Repost repost -> "subject has no at:// name";
      case Social.Rsvp rsvp -> "event has no at:// name";
      case Social.ThreadGate gate -> "post has no at:// name";
      case Social.Profile p -> "no record";
      case Social.Article a -> "no record";
      case Social.Event e -> "no record";
      case Social.PeopleList l -> "no record";
      case Social.ListMember m -> "no record";
      case Social.Unknown unknown -> "no record mapping for " + unknown.type();
    };
  }
}
