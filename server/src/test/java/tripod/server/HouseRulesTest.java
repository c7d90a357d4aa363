package tripod.server;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/** The law of the house: who may touch what. Maven's modules are the walls, this is the rest. */
@AnalyzeClasses(packages = "tripod", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
  private static final int CLASSES_MIN = 100;

  private static final List<String> FACADES = List.of("atproto", "activitypub", "solid");

  // SEC-01: who may use a power. All others get it through their constructor. A package is added
  // here only when it is itself the one place for that power.
  private static final String[] MAY_READ_THE_CLOCK = {"tripod.server.."};
  private static final String[] MAY_MAKE_RANDOMNESS = {"tripod.server.."};
  private static final String[] MAY_CONNECT = {
    "tripod.identity.http", "tripod.server.cli", "tripod.server.bench"
  };
  private static final String[] MAY_TOUCH_FILES = {
    "tripod.podstore.blob", "tripod.podstore.sql", "tripod.identity.key", "tripod.server.."
  };
  private static final String S3_BLOB_STORE = "tripod.podstore.s3.S3BlobStore";
  private static final String[] MAY_PRINT = {"tripod.server.cli"};

  /** Methods that read the clock, by the class that has them; {@code new} is the constructor. */
  private static final Map<String, Set<String>> CLOCK =
      Map.of(
          "java.lang.System", Set.of("currentTimeMillis"),
          "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
          "java.time.Instant", Set.of("now"),
          "java.time.InstantSource", Set.of("system"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.OffsetDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"));

  private static final Map<String, Set<String>> RANDOMNESS =
      Map.of(
          "java.lang.Math", Set.of("random"),
          "java.security.SecureRandom", Set.of("new", "getInstance", "getInstanceStrong"),
          "java.util.Random", Set.of("new"),
          "java.util.SplittableRandom", Set.of("new"),
          "java.util.UUID", Set.of("randomUUID"),
          "java.util.concurrent.ThreadLocalRandom", Set.of("current"),
          "java.util.random.RandomGenerator", Set.of("of", "getDefault"));

  private static final Map<String, Set<String>> CONNECTIONS =
      Map.of(
          "java.net.DatagramSocket", Set.of("new"),
          "java.net.InetAddress", Set.of("getByName", "getAllByName"),
          "java.net.Socket", Set.of("new"),
          "java.net.URL", Set.of("openConnection", "openStream"),
          "java.net.http.HttpClient", Set.of("newHttpClient", "newBuilder"),
          "java.nio.channels.SocketChannel", Set.of("open"),
          "javax.net.SocketFactory", Set.of("createSocket"),
          "javax.net.ssl.SSLSocketFactory", Set.of("createSocket"),
          "org.apache.hc.client5.http.impl.classic.HttpClientBuilder", Set.of("create"),
          "org.apache.hc.client5.http.impl.classic.HttpClients",
              Set.of("custom", "createDefault", "createSystem", "createMinimal"));

  @ArchTest
  void rules_seeTheHouse(JavaClasses house) {
    assertTrue(house.size() > CLASSES_MIN, "rules ran over " + house.size() + " classes");
  }

  @ArchTest
  void facades_neverMeet(JavaClasses house) {
    slices()
        .matching("tripod.(atproto|activitypub|solid)..")
        .should()
        .notDependOnEachOther()
        .check(house);
  }

  @ArchTest
  void packages_haveNoCycles(JavaClasses house) {
    slices().matching("tripod.(**)").should().beFreeOfCycles().check(house);
  }

  @ArchTest
  void facades_areEnteredByTheirDoor(JavaClasses house) {
    for (String facade : FACADES) {
      noClasses()
          .that()
          .resideOutsideOfPackages("tripod." + facade + "..", "tripod.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("tripod." + facade + ".*..")
          .because("its root package is all that another module may import")
          .allowEmptyShould(true)
          .check(house);
    }
  }

  @ArchTest
  void server_isImportedByNobody(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackage("tripod.server..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("tripod.server..")
        .check(house);
  }

  @ArchTest
  void syntax_needsTheJdkAlone(JavaClasses house) {
    classes()
        .that()
        .resideInAPackage("tripod.syntax..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("tripod.syntax..", "java..")
        .check(house);
  }

  @ArchTest
  void podStore_knowsNoProtocol(JavaClasses house) {
    noClasses()
        .that()
        .resideInAPackage("tripod.podstore..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.javalin..",
            "jakarta.servlet..",
            "org.eclipse.jetty..",
            "com.fasterxml.jackson.databind..",
            "com.nimbusds..",
            "tripod.identity..",
            "tripod.atproto..",
            "tripod.activitypub..",
            "tripod.solid..")
        .check(house);
  }

  @ArchTest
  void doors_leaveStorageToTheStore(JavaClasses house) {
    noClasses()
        .that()
        .resideInAnyPackage(
            "tripod.atproto..", "tripod.activitypub..", "tripod.solid..", "tripod.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.eclipse.rdf4j..",
            "org.apache.jena.tdb..",
            "org.h2..",
            "org.sqlite..",
            "org.postgresql..",
            "org.flywaydb..",
            "com.zaxxer..")
        .check(house);
  }

  @ArchTest
  void SEC_01_clock_isReadInOnePlace(JavaClasses house) {
    only(MAY_READ_THE_CLOCK, CLOCK, "read the clock", house);
  }

  @ArchTest
  void SEC_01_randomness_isMadeInOnePlace(JavaClasses house) {
    only(MAY_MAKE_RANDOMNESS, RANDOMNESS, "make random values", house);
  }

  @ArchTest
  void SEC_01_connections_areOpenedInOnePlace(JavaClasses house) {
    only(MAY_CONNECT, CONNECTIONS, "open a connection or ask for an address", house);
  }

  @ArchTest
  void SEC_01_buckets_areReachedThroughOneClass(JavaClasses house) {
    noClasses()
        .that(not(describe("S3BlobStore", type -> type.getName().startsWith(S3_BLOB_STORE))))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .because("SEC-01: it goes only where the configuration says (adr/0009)")
        .check(house);
  }

  @ArchTest
  void SEC_01_files_areTouchedInFewPlaces(JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackages(MAY_TOUCH_FILES)
        .should()
        .dependOnClassesThat(
            describe(
                "open files",
                type ->
                    Set.of(
                            "java.io.FileInputStream",
                            "java.io.FileOutputStream",
                            "java.io.FileReader",
                            "java.io.FileWriter",
                            "java.io.RandomAccessFile",
                            "java.nio.channels.FileChannel",
                            "java.nio.file.Files")
                        .contains(type.getName())))
        .because("SEC-01")
        .check(house);
  }

  @ArchTest
  void exceptions_sayWhatHappened(JavaClasses house) {
    noClasses()
        .should(THROW_GENERIC_EXCEPTIONS)
        .because("a room throws its own family")
        .check(house);
  }

  @ArchTest
  void standardStreams_belongToTheLauncher(JavaClasses house) {
    noClasses()
        .that(resideOutsideOfPackages(MAY_PRINT))
        .and(not(describe("Main", type -> type.getName().equals("tripod.server.Main"))))
        .should(ACCESS_STANDARD_STREAMS)
        .check(house);
  }

  @ArchTest
  void names_sayWhatIsMeant(JavaClasses house) {
    noClasses()
        .should()
        .haveNameMatching(".*[.$]((Abstract|Base)[A-Z]\\w*|\\w*(Manager|Helper|Utils?|Impl))")
        .check(house);
  }

  @ArchTest
  void packages_areNullMarked(JavaClasses house) {
    var unmarked = new TreeSet<String>();
    for (var type : house.that(not(resideInAnyPackage("tripod.syntax")))) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    // syntax depends on nothing, so it cannot say so; the compiler takes it as marked.
    assertEquals(Set.of(), unmarked, "packages without a package-info that is @NullMarked");
  }

  private static void only(
      String[] allowed, Map<String, Set<String>> calls, String what, JavaClasses house) {
    noClasses()
        .that()
        .resideOutsideOfPackages(allowed)
        .should()
        .accessTargetWhere(calls(calls, what))
        .because("SEC-01: it is given to whoever needs it")
        .check(house);
  }

  private static DescribedPredicate<JavaAccess<?>> calls(
      Map<String, Set<String>> calls, String what) {
    return describe(
        what,
        access -> {
          var names = calls.get(access.getTargetOwner().getName());
          var name = access.getTarget().getName();
          return names != null && names.contains(name.equals("<init>") ? "new" : name);
        });
  }
}
