package tripod.podstore.social;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tripod.syntax.PodNames;

/** Reads who something is addressed to (mapping 6; ActivityPub note, 1.5). Pure. */
public final class Audiences {
  private static final Set<String> PUBLIC = Set.of(NoteView.PUBLIC, "as:Public", "Public");

  private Audiences() {}

  /**
   * Returns the widest audience that is addressed.
   *
   * @param to IRIs addressed first, the public collection in any of its three spellings
   * @param cc IRIs addressed second
   */
  public static Address of(List<String> to, List<String> cc, PodNames names) {
    String followers = names.iri(NoteView.FOLLOWERS);
    Audience audience;
    if (to.stream().anyMatch(PUBLIC::contains)) {
      audience = Audience.PUBLIC;
    } else if (cc.stream().anyMatch(PUBLIC::contains)) {
      audience = Audience.UNLISTED;
    } else if (to.contains(followers) || cc.contains(followers)) {
      audience = Audience.FOLLOWERS;
    } else {
      audience = to.isEmpty() && cc.isEmpty() ? Audience.OWNER : Audience.DIRECT;
    }
    return new Address(audience, named(to), named(cc));
  }

  private static List<String> named(List<String> iris) {
    List<String> named = new ArrayList<>(iris);
    named.removeIf(PUBLIC::contains);
    return named;
  }
}
