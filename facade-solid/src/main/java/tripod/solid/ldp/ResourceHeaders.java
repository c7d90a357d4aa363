package tripod.solid.ldp;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.identity.route.UserFile;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.solid.acl.AccessGate;
import tripod.solid.patch.PatchParser;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;

/** Headers that say what a resource is and what can be done with it. */
final class ResourceHeaders {
  /** Path of the storage description on every pod's host. */
  static final String STORAGE_DESCRIPTION = "/.well-known/solid";

  private static final String SOLID = "http://www.w3.org/ns/solid/terms#";
  private static final String LDP = "http://www.w3.org/ns/ldp#";
  private static final String ACCEPT_PATCH = String.join(", ", PatchParser.mediaTypes());
  private static final String ACCEPT_POST = "text/turtle, application/ld+json, */*";
  private static final String ACCEPT_PUT = "text/turtle, application/ld+json, */*";
  private static final String ACCEPT_RDF =
      "text/turtle, application/ld+json, application/n-triples";

  /** RFC 9110, section 5.6.7: the preferred form of a date. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final AccessGate gate;

  ResourceHeaders(AccessGate gate) {
    this.gate = gate;
  }

  static String date(Instant time) {
    return HTTP_DATE.format(time);
  }

  /**
   * Writes what GET, HEAD and OPTIONS all say (Solid Protocol 5.2, WAC "ACL resource discovery").
   */
  void describe(Context response, Visit visit, Seen seen, Set<AccessMode> user) {
    response.header("Link", links(visit, seen));
    methods(response, visit.target(), seen.resource());
    boolean isAcl = visit.target().aspect() == Aspect.ACL;
    response.header(
        "WAC-Allow",
        isAcl
            ? gate.wacAllowOfAcl(visit.names(), seen.acl(), user)
            : gate.wacAllow(visit.names(), seen.acl(), user));
  }

  private static String links(Visit visit, Seen seen) {
    String origin = visit.names().origin().toString();
    StringBuilder links = new StringBuilder(400);
    link(links, LDP + "Resource", "type");
    Target target = visit.target();
    if (target.isSelf()) {
      if (target.path().isContainer()) {
        link(links, LDP + "Container", "type");
        link(links, LDP + "BasicContainer", "type");
      }
      if (target.path().isRoot()) {
        link(links, "http://www.w3.org/ns/pim/space#Storage", "type");
        link(links, visit.names().webId().value(), SOLID + "owner");
      }
    }
    String subject = Target.encode(target.path());
    if (target.aspect() != Aspect.ACL) {
      link(links, origin + subject + Aspect.ACL.suffix(), "acl");
    }
    if (target.isSelf()) {
      link(links, origin + subject + Aspect.META.suffix(), "describedby");
    } else if (target.aspect() == Aspect.META) {
      link(links, origin + subject, "describes");
    }
    link(links, origin + STORAGE_DESCRIPTION, SOLID + "storageDescription");
    if (isRecord(seen)) {
      link(links, origin + subject + Aspect.NATIVE.suffix(), "alternate");
    }
    return links.toString();
  }

  private static boolean isRecord(Seen seen) {
    return seen.resource().isPresent()
        && seen.resource().get().content().mediaType().is(MediaType.DAG_CBOR);
  }

  private static void link(StringBuilder links, String target, String rel) {
    links.append(links.isEmpty() ? "<" : ", <").append(target).append(">; rel=\"").append(rel);
    links.append('"');
  }

  /** Writes which methods the target has, and what each takes. */
  static void methods(Context response, Target target, Optional<Resource> resource) {
    response.header("Allow", String.join(", ", allowed(target, resource)));
    if (!target.isWritable()) {
      return;
    }
    if (isPatchable(resource)) {
      response.header("Accept-Patch", ACCEPT_PATCH);
    }
    if (target.isSelf() && target.path().isContainer()) {
      response.header("Accept-Post", ACCEPT_POST);
      response.header("Accept-Put", ACCEPT_RDF);
    } else {
      response.header("Accept-Put", target.isSelf() ? ACCEPT_PUT : ACCEPT_RDF);
    }
  }

  static List<String> allowed(Target target, Optional<Resource> resource) {
    if (!target.isWritable() || Reserved.isReserved(target.path())) {
      return List.of("GET", "HEAD", "OPTIONS");
    }
    if (target.isSelf() && target.path().isContainer()) {
      return target.path().isRoot()
          ? List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH")
          : List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
    }
    if (target.path().isRoot() && target.aspect() == Aspect.ACL) {
      return List.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH");
    }
    return isPatchable(resource)
        ? List.of("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE")
        : List.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");
  }

  private static boolean isPatchable(Optional<Resource> resource) {
    return resource.isEmpty() || !(resource.get().content() instanceof Content.File);
  }

  /** Keeps a browser from running what a member stored (SEC-55). */
  static void contain(Context response, MediaType type) {
    UserFile.contain(response);
    if (UserFile.isActive(type)) {
      response.header("Content-Disposition", "attachment");
    }
  }

  /** Returns the types of the syntaxes a graph can be given in. */
  static List<MediaType> rdfTypes() {
    return List.of(
        RdfSyntax.TURTLE.mediaType(),
        RdfSyntax.JSON_LD.mediaType(),
        RdfSyntax.N_TRIPLES.mediaType());
  }
}
