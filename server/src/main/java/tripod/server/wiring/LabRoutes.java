package tripod.server.wiring;

import io.javalin.http.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tripod.identity.route.Route;
import tripod.podstore.Journal;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/** What a check must see and no protocol shows: the lab's own admin addresses. */
final class LabRoutes {
  private static final int PAGE = 1000;

  private final PodStore store;

  LabRoutes(PodStore store) {
    this.store = store;
  }

  List<Route> routes() {
    return List.of(AdminAccountRoutes.route("GET", "/api/admin/lab/journal", 0, this::journal));
  }

  /** Reads the whole journal and counts numbers that are missing, repeated or out of order. */
  private void journal(Context request) {
    Map<PodId, Long> last = new HashMap<>();
    long commits = 0;
    long gaps = 0;
    long number = 0;
    List<Journal.Entry> page = store.journal().commits(number, PAGE);
    while (!page.isEmpty()) {
      for (Journal.Entry entry : page) {
        commits++;
        if (entry.number() <= number) {
          gaps++;
        }
        number = entry.number();
        Long before = last.put(entry.pod(), entry.podNumber());
        if (before == null ? entry.podNumber() != 1 : entry.podNumber() != before + 1) {
          gaps++;
        }
      }
      page = store.journal().commits(number, PAGE);
    }
    request.json(Map.of("commits", commits, "gaps", gaps, "head", store.journal().head()));
  }
}
