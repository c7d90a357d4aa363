package tripod.server.doorway;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tripod.identity.route.Route;

/**
 * All addresses of the server: host kind, path, method and accepted types, each owned by one door.
 *
 * <p>Two routes that could both answer one request stop the start. Literal paths win over paths
 * with variable parts, longer literal beginnings over shorter ones. Immutable once made.
 */
public final class RouteTable {
  private final Map<Route.HostKind, Map<String, List<Entry>>> literal = new HashMap<>();
  private final Map<Route.HostKind, List<Entry>> variable = new HashMap<>();

  /**
   * Gathers the routes of all doors.
   *
   * @param routes none of them of the admin listener alone
   * @throws IllegalStateException if two routes overlap
   */
  public static RouteTable withoutAdmin(List<Route> routes) {
    return new RouteTable(
        routes.stream().filter(route -> route.host() != Route.HostKind.ADMIN).toList());
  }

  /**
   * Gathers the routes of all doors, with those of the admin listener at the service's names.
   *
   * @throws IllegalStateException if two routes overlap
   */
  public static RouteTable withAdmin(List<Route> routes) {
    return new RouteTable(routes);
  }

  private RouteTable(List<Route> routes) {
    for (Route route : routes) {
      switch (route.host()) {
        case SERVICE, ADMIN -> add(Route.HostKind.SERVICE, route);
        case POD -> add(Route.HostKind.POD, route);
        case ANY -> {
          add(Route.HostKind.SERVICE, route);
          add(Route.HostKind.POD, route);
        }
      }
    }
    variable.values().forEach(Collections::sort);
  }

  private void add(Route.HostKind host, Route route) {
    Entry entry = Entry.of(route);
    List<Entry> neighbours =
        entry.isLiteral()
            ? literal
                .computeIfAbsent(host, h -> new HashMap<>())
                .computeIfAbsent(route.path(), p -> new ArrayList<>())
            : variable.computeIfAbsent(host, h -> new ArrayList<>());
    for (Entry other : neighbours) {
      if (other.overlaps(entry)) {
        throw new IllegalStateException(
            "two routes answer " + host + " " + route.methods() + " " + route.path());
      }
    }
    neighbours.add(entry);
  }

  /**
   * Finds the routes of a path; empty when no door has declared it.
   *
   * <p>A more general path counts only while every more special one is shared: declared for certain
   * types alone.
   */
  Optional<Found> find(Route.HostKind host, List<String> segments, String path) {
    List<Match> matches = new ArrayList<>();
    for (Entry entry : literal.getOrDefault(host, Map.of()).getOrDefault(path, List.of())) {
      matches.add(new Match(entry, Map.of()));
    }
    for (Entry entry : variable.getOrDefault(host, List.of())) {
      if (matches.isEmpty()
          || entry.sameShape(matches.getLast().entry())
          || matches.stream().noneMatch(match -> match.entry().route().accepts().isEmpty())) {
        entry.match(segments).ifPresent(params -> matches.add(new Match(entry, params)));
      }
    }
    return matches.isEmpty() ? Optional.empty() : Optional.of(new Found(matches));
  }

  /** A declared path that fits, with its variable parts. */
  record Match(Entry entry, Map<String, String> params) {}

  /** What was declared for a path, most special first. */
  record Found(List<Match> matches) {
    /** Returns the routes that take a method; HEAD is read as GET where nobody declares it. */
    List<Route> of(String method) {
      List<Route> routes = new ArrayList<>();
      for (Match match : matches) {
        if (match.entry().route().methods().contains(method)) {
          routes.add(match.entry().route());
        }
      }
      return routes.isEmpty() && method.equals("HEAD") ? of("GET") : routes;
    }

    /** Returns the variable parts as a route names them. */
    Map<String, String> params(Route route) {
      for (Match match : matches) {
        if (match.entry().route().equals(route)) {
          return match.params();
        }
      }
      return Map.of();
    }

    /** Says whether every route here is for certain types alone. */
    boolean isShared() {
      return matches.stream().noneMatch(match -> match.entry().route().accepts().isEmpty());
    }

    /** Returns the methods declared for this path, for an {@code Allow} field. */
    TreeSet<String> methods() {
      TreeSet<String> methods = new TreeSet<>();
      for (Match match : matches) {
        methods.addAll(match.entry().route().methods());
      }
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      return methods;
    }
  }

  /** A route with its path cut into segments. */
  record Entry(Route route, List<String> segments) implements Comparable<Entry> {
    static Entry of(Route route) {
      return new Entry(route, List.of(route.path().substring(1).split("/", -1)));
    }

    boolean isLiteral() {
      return segments.stream().noneMatch(Entry::isVariable);
    }

    private static boolean isVariable(String segment) {
      return segment.equals("*") || (segment.startsWith("{") && segment.endsWith("}"));
    }

    boolean sameShape(Entry other) {
      if (segments.size() != other.segments.size()) {
        return false;
      }
      for (int i = 0; i < segments.size(); i++) {
        String mine = segments.get(i);
        String theirs = other.segments.get(i);
        boolean same =
            isVariable(mine)
                ? isVariable(theirs) && mine.equals("*") == theirs.equals("*")
                : mine.equals(theirs);
        if (!same) {
          return false;
        }
      }
      return true;
    }

    boolean overlaps(Entry other) {
      return sameShape(other)
          && !Collections.disjoint(route.methods(), other.route.methods())
          && (route.accepts().isEmpty()
              ? other.route.accepts().isEmpty()
              : !Collections.disjoint(route.accepts(), other.route.accepts()));
    }

    Optional<Map<String, String>> match(List<String> actual) {
      Map<String, String> params = new LinkedHashMap<>();
      for (int i = 0; i < segments.size(); i++) {
        String mine = segments.get(i);
        if (mine.equals("*")) {
          if (i > actual.size()) {
            return Optional.empty();
          }
          params.put("*", String.join("/", actual.subList(i, actual.size())));
          return Optional.of(params);
        }
        if (i >= actual.size()) {
          return Optional.empty();
        }
        if (isVariable(mine)) {
          if (actual.get(i).isEmpty()) {
            return Optional.empty();
          }
          params.put(mine.substring(1, mine.length() - 1), actual.get(i));
        } else if (!mine.equals(actual.get(i))) {
          return Optional.empty();
        }
      }
      return segments.size() == actual.size() ? Optional.of(params) : Optional.empty();
    }

    /** Orders by how early the first variable part comes, later first. */
    @Override
    public int compareTo(Entry other) {
      return Integer.compare(other.literalLead(), literalLead());
    }

    private int literalLead() {
      int lead = 0;
      while (lead < segments.size() && !isVariable(segments.get(lead))) {
        lead++;
      }
      boolean tail = segments.getLast().equals("*");
      return lead * 2 + (tail ? 0 : 1);
    }
  }
}
