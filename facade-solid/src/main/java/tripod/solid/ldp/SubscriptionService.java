package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.Set;
import org.apache.jena.graph.Triple;
import tripod.identity.token.SolidTokens;
import tripod.syntax.PodNames;

/**
 * What the door knows of notifications: an address below its own, and what the storage says of it.
 */
public interface SubscriptionService {
  /** Where subscriptions live on every pod's host. */
  String PATH = "/.notifications/";

  /** No notifications. */
  SubscriptionService NONE =
      new SubscriptionService() {
        @Override
        public Set<Triple> described(PodNames names) {
          return Set.of();
        }

        @Override
        public void handle(Context context, PodNames names, SolidTokens.Answer.Known asker) {
          throw new Refusal(404, "there is nothing here");
        }
      };

  /** Returns what the storage description says of the service. */
  Set<Triple> described(PodNames names);

  /**
   * Answers a request below {@link #PATH}.
   *
   * @param asker who asks, and what that rests on for as long as a subscription is open
   */
  void handle(Context context, PodNames names, SolidTokens.Answer.Known asker);
}
