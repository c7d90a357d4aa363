package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.Enumeration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code Link} fields with which a client says what a new resource is to be. */
final class LinkTypes {
  private static final Pattern TYPE_LINK =
      Pattern.compile("<([^<>]{1,200})>\\s*;\\s*rel\\s*=\\s*\"?type\"?");
  private static final int FIELD_CHARS_MAX = 4096;

  private LinkTypes() {}

  /** Says whether a container was asked for (LDP 1.0, 5.2.3.4). */
  static boolean askForContainer(Context request) {
    Enumeration<String> fields = request.req().getHeaders("Link");
    for (String field : Collections.list(fields)) {
      if (field.length() > FIELD_CHARS_MAX) {
        continue;
      }
      Matcher link = TYPE_LINK.matcher(field);
      while (link.find()) {
        if (link.group(1).equals("http://www.w3.org/ns/ldp#BasicContainer")
            || link.group(1).equals("http://www.w3.org/ns/ldp#Container")) {
          return true;
        }
      }
    }
    return false;
  }
}
