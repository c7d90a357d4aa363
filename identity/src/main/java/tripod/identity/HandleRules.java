package tripod.identity;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import tripod.syntax.Handle;

/** Which handles this host gives, and which it can accept (atproto.md 3.5). */
final class HandleRules {
  private static final int NAME_CHARS_MIN = 3;
  private static final int NAME_CHARS_MAX = 18;
  private static final Set<String> FOREIGN_TLDS_REFUSED =
      Set.of(
          "alt", "arpa", "example", "internal", "invalid", "local", "localhost", "onion", "test");
  private static final Set<String> RESERVED =
      Set.of(
          ("about abuse access account accounts action activate activities activity actor actors"
                  + " address admin administrator ads api app application apps archive asset assets"
                  + " atp atproto auth authorize avatar backup billing blob blobs blog bot bots bsky"
                  + " cache calendar cdn chat client clients commit community config connect console"
                  + " contact content cookie coop create dashboard data default delete demo dev did"
                  + " directory dns docs doctor domain download edit email embed error errors event"
                  + " events explore export faq federation feed feeds file files firehose follow"
                  + " followers following forum ftp git graph group groups guest handle health help"
                  + " home host hostmaster http https identity image images imap import inbox info"
                  + " instance internal invite invites issuer jwks legal lexicon like likes list"
                  + " lists localhost log login logout mail mailer me media member members message"
                  + " messages metrics moderation moderator monitor move name net network news node"
                  + " nodeinfo notify null oauth official oidc openid operator outbox owner page"
                  + " pages password pds photo plc pod pods policy pop post postmaster posts privacy"
                  + " profile proxy public query record recovery register relay repo report reset"
                  + " robots root rss search secure security server service session settings setup"
                  + " shop signin signup site sitemap smtp social solid spam ssh ssl staff static"
                  + " status storage store stream support sync system team terms test tls token"
                  + " tripod undefined unfollow update upload user users verify video web webfinger"
                  + " webhook webid webmail webmaster welcome wellknown wiki www xmpp xrpc")
              .split(" "));

  private final List<String> domains;
  private final Predicate<Handle> reserved;

  /**
   * Makes the rules of a host.
   *
   * @param reserved says which handles its operator keeps
   */
  HandleRules(List<String> domains, Predicate<Handle> reserved) {
    this.domains = domains;
    this.reserved = reserved;
  }

  /** Returns the part of a handle before a domain of this host; empty when it is under none. */
  Optional<String> nameHere(Handle handle) {
    return domains.stream()
        .filter(handle::isUnder)
        .findFirst()
        .map(domain -> handle.value().substring(0, handle.value().length() - domain.length()));
  }

  /** Checks a handle under a domain of this host. */
  void checkHere(Handle handle) {
    String name =
        nameHere(handle)
            .orElseThrow(
                () ->
                    new IdentityFailure.UnsupportedDomain(
                        "handles here end in " + String.join(" or ", domains)));
    if (name.indexOf('.') >= 0) {
      throw new IdentityFailure.InvalidHandle("no dot may stand before the domain");
    }
    if (name.length() < NAME_CHARS_MIN || name.length() > NAME_CHARS_MAX) {
      throw new IdentityFailure.InvalidHandle(
          "expected "
              + NAME_CHARS_MIN
              + " to "
              + NAME_CHARS_MAX
              + " characters before the domain, got "
              + name.length());
    }
    if (RESERVED.contains(name) || reserved.test(handle)) {
      throw new IdentityFailure.HandleTaken("the name is kept for the host");
    }
  }

  /** Checks the form of a handle of the person's own. */
  void checkForeign(Handle handle) {
    if (FOREIGN_TLDS_REFUSED.contains(handle.tld())) {
      throw new IdentityFailure.InvalidHandle("." + handle.tld() + " is not a public domain");
    }
  }
}
