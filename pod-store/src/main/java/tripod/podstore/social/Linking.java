package tripod.podstore.social;

import java.util.ArrayList;
import java.util.List;

/** Tells what the pivot does to others. Pure. */
final class Linking {
  private Linking() {}

  static List<Link> of(Social social) {
    List<Link> links = new ArrayList<>();
    switch (social) {
      case Social.Post post -> {
        post.reply().ifPresent(reply -> add(links, Link.Predicate.REPLY, reply.parent()));
        post.quote().ifPresent(quote -> add(links, Link.Predicate.QUOTE, quote));
        for (Facet facet : post.facets()) {
          for (Facet.Feature feature : facet.features()) {
            if (feature instanceof Facet.Feature.Mention mention) {
              mention.did().ifPresent(did -> add(links, Link.Predicate.MENTION, did.value()));
              mention.actor().ifPresent(who -> add(links, Link.Predicate.MENTION, who.value()));
            }
          }
        }
      }
      case Social.Like like -> add(links, Link.Predicate.LIKE, like.subject());
      case Social.Repost repost -> add(links, Link.Predicate.REPOST, repost.subject());
      case Social.Follow follow -> add(links, Link.Predicate.FOLLOW, follow.subject());
      case Social.Block block -> add(links, Link.Predicate.BLOCK, block.subject());
      case Social.Rsvp rsvp -> add(links, Link.Predicate.ATTEND, rsvp.subject());
      case Social.ListMember member -> add(links, Link.Predicate.LIST, member.list());
      case Social.ThreadGate gate -> add(links, Link.Predicate.GATE, gate.post());
      case Social.Profile profile -> {} // a pin is no act
      case Social.Article article -> {}
      case Social.Event event -> {}
      case Social.PeopleList list -> {} // who is on it is nobody's business but the owner's
      case Social.Unknown unknown -> {}
    }
    return links;
  }

  private static void add(List<Link> links, Link.Predicate predicate, Ref ref) {
    ref.at().ifPresent(at -> add(links, predicate, at.toString()));
    ref.iri().ifPresent(iri -> add(links, predicate, iri));
  }

  private static void add(List<Link> links, Link.Predicate predicate, Person person) {
    person.did().ifPresent(did -> add(links, predicate, did.value()));
    person.actor().ifPresent(actor -> add(links, predicate, actor.value()));
  }

  private static void add(List<Link> links, Link.Predicate predicate, String object) {
    links.add(new Link(predicate, object));
  }
}
