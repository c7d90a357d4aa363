package tripod.activitypub.object;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Access lists for what is not addressed to everybody (mapping note, section 6). */
public final class PrivateAccess {
  private PrivateAccess() {}

  /**
   * Gives a resource a list of its own: the owner all, those addressed to read.
   *
   * @param followers whether the group of followers may read
   * @param actors who may read, by id
   */
  public static void write(
      PodWriter pod, PodNames names, PodPath path, boolean followers, List<String> actors) {
    var text = new StringBuilder();
    text.append("@prefix acl: <http://www.w3.org/ns/auth/acl#>.\n\n");
    text.append("<#owner> a acl:Authorization;\n  acl:agent </profile/card#me>;\n")
        .append("  acl:accessTo <")
        .append(path)
        .append(">;\n")
        .append("  acl:mode acl:Read, acl:Write, acl:Control.\n");
    if (followers || !actors.isEmpty()) {
      text.append("<#readers> a acl:Authorization;\n");
      if (followers) {
        text.append("  acl:agentGroup </actor/followers>;\n");
      }
      for (String actor : actors) {
        text.append("  acl:agent <").append(actor).append(">;\n");
      }
      text.append("  acl:accessTo <").append(path).append(">;\n  acl:mode acl:Read.\n");
    }
    pod.putAspect(
        path,
        Aspect.ACL,
        new Content.Document(MediaType.TURTLE, text.toString().getBytes(StandardCharsets.UTF_8)));
  }
}
