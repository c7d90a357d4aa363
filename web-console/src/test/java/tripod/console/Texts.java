package tripod.console;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Social;
import tripod.syntax.Datetime;

/** Posts for tests. */
public final class Texts {
  private Texts() {}

  /** A plain post. */
  public static Social.Post post(String text, Audience audience) {
    return post(text, List.of(), Optional.empty(), audience);
  }

  /** A post with parts or markup. */
  public static Social.Post post(
      String text, List<Facet> facets, Optional<String> html, Audience audience) {
    return new Social.Post(
        text,
        facets,
        html,
        List.of(),
        Map.of(),
        new Datetime("2026-11-22T01:02:03.000Z"),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        List.of(),
        new Address(audience, List.of(), List.of()));
  }
}
