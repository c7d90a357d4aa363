package tripod.podstore.social;

import java.util.List;

/**
 * Who something is addressed to.
 *
 * @param audience the widest class that is addressed
 * @param to IRIs addressed first, as they stood in the source, without the public collection
 * @param cc IRIs addressed second, likewise
 */
public record Address(Audience audience, List<String> to, List<String> cc) {
  /** Addressed to everybody and to nobody by name. */
  public static final Address PUBLIC = new Address(Audience.PUBLIC, List.of(), List.of());

  public Address {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
  }
}
