package tripod.server.wiring;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tripod.identity.Reports;
import tripod.identity.route.PathParams;
import tripod.identity.route.Route;

/** What members reported to the operator, for the operator. */
final class AdminReportRoutes {
  private static final int PAGE = 100;

  private final Reports reports;

  AdminReportRoutes(Reports reports) {
    this.reports = reports;
  }

  List<Route> routes() {
    return List.of(
        AdminAccountRoutes.route("GET", "/api/admin/reports", 0, this::list),
        AdminAccountRoutes.route("POST", "/api/admin/reports/{id}/close", 1024, this::close));
  }

  private void list(Context request) {
    long after = number(request.queryParam("after"));
    List<Map<String, Object>> page =
        reports.open(after, PAGE).stream().map(AdminReportRoutes::view).toList();
    request.json(Map.of("reports", page));
  }

  private static Map<String, Object> view(Reports.Report report) {
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("id", report.id());
    view.put("reportedBy", report.reportedBy().value());
    view.put("reasonType", report.reasonType());
    view.put("reason", report.reason());
    view.put("subject", report.subject());
    view.put("made", report.made().toString());
    return view;
  }

  private void close(Context request) {
    long id = number(PathParams.of(request, "id"));
    boolean closed = reports.close(id);
    request.status(closed ? 200 : 404);
    request.json(closed ? Map.of("closed", id) : Map.of("message", "there is no such open report"));
  }

  /** Returns a number; what is none is 0, which no report has. */
  private static long number(@Nullable String text) {
    return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
