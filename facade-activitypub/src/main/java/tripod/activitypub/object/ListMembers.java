package tripod.activitypub.object;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.Link;
import tripod.podstore.social.Links;
import tripod.podstore.social.Person;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/**
 * Finds who is on a list: those whom the list itself names, and those whom records of their own put
 * there.
 */
final class ListMembers {
  private static final int MEMBERS_MAX = 5_000;
  private static final int PAGE = 500;

  private final Lens lens;

  ListMembers(Lens lens) {
    this.lens = lens;
  }

  Social.PeopleList complete(
      PodReader view, Resource resource, Social.PeopleList list, PodNames names) {
    Set<Person> members = new LinkedHashSet<>(list.members());
    String iri = names.iri(resource.path().value());
    Optional<PodPath> after = Optional.empty();
    List<PodPath> page;
    do {
      page = Links.subjects(view, names, Link.Predicate.LIST, iri, after, PAGE);
      for (PodPath path : page) {
        view.get(path)
            .flatMap(member -> lens.read(member, names))
            .filter(Social.ListMember.class::isInstance)
            .ifPresent(member -> members.add(((Social.ListMember) member).subject()));
        after = Optional.of(path);
      }
    } while (page.size() == PAGE && members.size() < MEMBERS_MAX);
    return new Social.PeopleList(
        list.name(),
        list.description(),
        new ArrayList<>(members),
        list.published(),
        list.address());
  }
}
