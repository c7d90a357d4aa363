package tripod.server.wiring;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tripod.identity.PodFirstWrite;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * The first graphs of a new pod: the card, the containers and the access lists.
 *
 * <p>All IRIs of the pod itself are relative, so that a change of domain rewrites nothing (mapping
 * note NAM-1). What is below {@code /social/}, {@code /profile/}, {@code /records/} and {@code
 * /public/} everybody may read; {@code /inbox/} everybody may add to; all else is the owner's.
 */
final class PodSetup implements PodFirstWrite<PodWriter> {
  private static final PodPath SETTINGS = new PodPath("/settings/");
  private static final PodPath INBOX = new PodPath("/inbox/");
  private static final PodPath PUBLIC_INDEX = new PodPath("/profile/publicTypeIndex");
  private static final PodPath PRIVATE_INDEX = new PodPath("/settings/privateTypeIndex");
  private static final PodPath PREFERENCES = new PodPath("/settings/preferences");

  private final URI issuer;

  /**
   * Makes the set-up.
   *
   * @param issuer the OpenID provider that members sign in with: the service's own origin
   */
  PodSetup(URI issuer) {
    this.issuer = issuer;
  }

  @Override
  public void write(PodWriter pod, PodNames names) {
    pod.put(PodPath.ROOT, new Content.Container());
    acl(
        pod,
        PodPath.ROOT,
        owner("./", true) + rule("public", "./", "foaf:Agent", false, "acl:Read"));
    for (PodPath open :
        List.of(
            new PodPath("/public/"),
            new PodPath("/profile/"),
            SocialPaths.SOCIAL,
            SocialPaths.RECORDS)) {
      pod.put(open, new Content.Container());
      acl(pod, open, owner("./", true) + rule("public", "./", "foaf:Agent", true, "acl:Read"));
    }
    for (PodPath kind :
        List.of(
            SocialPaths.POSTS,
            SocialPaths.LIKES,
            SocialPaths.ANNOUNCES,
            SocialPaths.FOLLOWS,
            SocialPaths.BLOCKS,
            SocialPaths.ARTICLES,
            SocialPaths.EVENTS,
            SocialPaths.LISTS)) {
      pod.put(kind, new Content.Container());
    }
    pod.put(INBOX, new Content.Container());
    acl(pod, INBOX, owner("./", true) + rule("public", "./", "foaf:Agent", false, "acl:Append"));
    pod.put(SETTINGS, new Content.Container());
    pod.put(SocialPaths.CARD, turtle(card(names)));
    pod.put(PUBLIC_INDEX, turtle(publicIndex()));
    pod.put(PRIVATE_INDEX, turtle(privateIndex()));
    pod.put(PREFERENCES, turtle(preferences()));
  }

  private static void acl(PodWriter pod, PodPath path, String rules) {
    pod.putAspect(
        path,
        Aspect.ACL,
        turtle(
            """
            @prefix acl: <http://www.w3.org/ns/auth/acl#>.
            @prefix foaf: <http://xmlns.com/foaf/0.1/>.

            """
                + rules));
  }

  private static String owner(String target, boolean members) {
    return """
    <#owner> a acl:Authorization;
      acl:agent </profile/card#me>;
      acl:accessTo <%s>;%s
      acl:mode acl:Read, acl:Write, acl:Control.
    """
        .formatted(target, members ? " acl:default <" + target + ">;" : "");
  }

  private static String rule(
      String name, String target, String agentClass, boolean members, String mode) {
    return """
    <#%s> a acl:Authorization;
      acl:agentClass %s;
      acl:accessTo <%s>;%s
      acl:mode %s.
    """
        .formatted(name, agentClass, target, members ? " acl:default <" + target + ">;" : "", mode);
  }

  private String card(PodNames names) {
    return """
    @prefix foaf: <http://xmlns.com/foaf/0.1/>.
    @prefix vcard: <http://www.w3.org/2006/vcard/ns#>.
    @prefix solid: <http://www.w3.org/ns/solid/terms#>.
    @prefix pim: <http://www.w3.org/ns/pim/space#>.
    @prefix ldp: <http://www.w3.org/ns/ldp#>.
    @prefix owl: <http://www.w3.org/2002/07/owl#>.

    <> a foaf:PersonalProfileDocument;
      foaf:maker <#me>;
      foaf:primaryTopic <#me>.
    <#me> a foaf:Person, foaf:Agent;
      foaf:nick "%s";
      solid:oidcIssuer <%s>;
      pim:storage </>;
      pim:preferencesFile </settings/preferences>;
      solid:publicTypeIndex </profile/publicTypeIndex>;
      ldp:inbox </inbox/>;
      owl:sameAs <%s>;
      foaf:account </actor>;
      foaf:homepage </>.
    """
        .formatted(names.username(), issuer, names.did());
  }

  private static String publicIndex() {
    return """
    @prefix solid: <http://www.w3.org/ns/solid/terms#>.
    @prefix as: <https://www.w3.org/ns/activitystreams#>.

    <> a solid:TypeIndex, solid:ListedDocument.
    <#posts> a solid:TypeRegistration;
      solid:forClass as:Note;
      solid:instanceContainer </social/posts/>.
    """;
  }

  private static String privateIndex() {
    return """
    @prefix solid: <http://www.w3.org/ns/solid/terms#>.

    <> a solid:TypeIndex, solid:UnlistedDocument.
    """;
  }

  private static String preferences() {
    return """
    @prefix pim: <http://www.w3.org/ns/pim/space#>.
    @prefix solid: <http://www.w3.org/ns/solid/terms#>.

    <> a pim:ConfigurationFile.
    </profile/card#me> solid:privateTypeIndex </settings/privateTypeIndex>.
    """;
  }

  private static Content.Document turtle(String text) {
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }
}
