package tripod.activitypub.reply;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;

/** Writes documents as answers. */
public final class Reply {
  private Reply() {}

  /** Answers with an ActivityStreams document. */
  public static void activity(Context request, JsonNode document) {
    activity(request, 200, document);
  }

  /** Answers with an ActivityStreams document and a status. */
  public static void activity(Context request, int status, JsonNode document) {
    vary(request);
    request.status(status);
    request.header("Content-Type", As2.CONTENT_TYPE);
    request.header("X-Content-Type-Options", "nosniff");
    request.result(ActivityJson.write(document));
  }

  /** Answers with another kind of JSON, readable by pages of any origin. */
  public static void json(Context request, String contentType, JsonNode document) {
    request.header("Content-Type", contentType);
    request.header("Access-Control-Allow-Origin", "*");
    request.result(ActivityJson.write(document));
  }

  /** Says that the answer depends on what was accepted and on who signed. */
  public static void vary(Context request) {
    request.header("Vary", "Accept, Signature, Authorization");
  }
}
