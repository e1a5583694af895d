package dev.plumbline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The arrows between modules, and the habits that hold in all of them. */
@AnalyzeClasses(
    packages = "dev.plumbline",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoJarsOfTests.class})
class ArchitectureTest {
  /** Histories that other modules' tests play come in a jar of their own. */
  static final class NoJarsOfTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String[] TIMELINE = {"dev.plumbline.type..", "dev.plumbline.timeline.."};
  private static final String[] EXPRESSION = {"dev.plumbline.expression.."};
  private static final String[] REGISTRY = {
    "dev.plumbline.definition..",
    "dev.plumbline.discovery..",
    "dev.plumbline.failure..",
    "dev.plumbline.gate..",
    "dev.plumbline.plan..",
    "dev.plumbline.project..",
    "dev.plumbline.registry..",
    "dev.plumbline.vector..",
    "dev.plumbline.yaml.."
  };
  private static final String[] STORE = {"dev.plumbline.store.."};
  private static final String[] PROTO = {"dev.plumbline.serving.v1..", "dev.plumbline.wire.."};
  private static final String[] OFFLINE = {"dev.plumbline.offline..", "dev.plumbline.spark.."};
  private static final String[] ONLINE = {"dev.plumbline.online.."};
  private static final String[] CLIENT = {"dev.plumbline.client.."};
  private static final String[] LOAD = {"dev.plumbline.load.."};
  private static final String[] CLI = {"dev.plumbline.cli..", "dev.plumbline.law.."};

  /** Where the clock is made that everything else is handed: of a process, of a program's own. */
  private static final Set<String> CLOCK_WIRING =
      Set.of("dev.plumbline.online.ServerClock", "dev.plumbline.spark.PlumblineConfig");

  /** Who waits for a Redis to answer: one that was just started, one that may yet be. */
  private static final Set<String> WAITING =
      Set.of("dev.plumbline.store.local.StartUp", "dev.plumbline.online.AwaitedRedis");

  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.time.Clock.systemDefaultZone",
          "java.time.Clock.systemUTC",
          "java.time.Clock.system",
          "java.time.Instant.now",
          "java.time.InstantSource.system",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now");

  @ArchTest
  static final ArchRule modulesSeeOnlyWhatTheArrowsAllow =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("dev.plumbline..")
          .layer("timeline")
          .definedBy(TIMELINE)
          .layer("expression")
          .definedBy(EXPRESSION)
          .layer("registry")
          .definedBy(REGISTRY)
          .layer("store")
          .definedBy(STORE)
          .layer("proto")
          .definedBy(PROTO)
          .layer("offline")
          .definedBy(OFFLINE)
          .layer("online")
          .definedBy(ONLINE)
          .layer("client")
          .definedBy(CLIENT)
          .layer("load")
          .definedBy(LOAD)
          .layer("cli")
          .definedBy(CLI)
          .ensureAllClassesAreContainedInArchitecture()
          .whereLayer("timeline")
          .mayNotAccessAnyLayer()
          .whereLayer("proto")
          .mayNotAccessAnyLayer()
          .whereLayer("expression")
          .mayOnlyAccessLayers("timeline")
          .whereLayer("store")
          .mayOnlyAccessLayers("timeline")
          .whereLayer("registry")
          .mayOnlyAccessLayers("timeline", "expression")
          .whereLayer("offline")
          .mayOnlyAccessLayers("timeline", "expression", "registry", "store")
          .whereLayer("online")
          .mayOnlyAccessLayers("timeline", "expression", "registry", "store", "proto")
          .whereLayer("client")
          .mayOnlyAccessLayers("proto")
          .whereLayer("load")
          .mayOnlyAccessLayers("proto", "client")
          .whereLayer("cli")
          .mayOnlyAccessLayers(
              "timeline", "expression", "registry", "store", "offline", "online", "client", "load");

  @ArchTest
  static final ArchRule timelineDependsOnNothing =
      classes()
          .that()
          .resideInAnyPackage(TIMELINE)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(and(TIMELINE, "java..", "org.jspecify.annotations.."));

  @ArchTest
  static final ArchRule onlyOfflineAndTheCommandsSeeASparkSession =
      noClasses()
          .that()
          .resideOutsideOfPackages(and(OFFLINE, CLI))
          .should()
          .dependOnClassesThat()
          .haveNameMatching("org\\.apache\\.spark\\.sql\\.(SparkSession|Dataset|classic\\.).*")
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.iceberg..");

  @ArchTest
  static final ArchRule onlyExpressionAndOfflineSeeSparkAtAll =
      noClasses()
          .that()
          .resideOutsideOfPackages(and(and(EXPRESSION, OFFLINE), CLI))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.spark..");

  @ArchTest
  static final ArchRule grpcIsSeenWhereItIsSpokenOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(and(and(and(PROTO, ONLINE), CLIENT), LOAD))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.grpc..", "com.google.protobuf..");

  @ArchTest
  static final ArchRule redisIsSeenByTheStoreOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(STORE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.lettuce..", "redis..");

  @ArchTest
  static final ArchRule databasesAreSeenByTheRegistryOnly =
      noClasses()
          .that()
          .resideOutsideOfPackages(REGISTRY)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jdbi..", "org.flywaydb..", "java.sql..");

  @ArchTest
  static final ArchRule yamlIsReadByTheRegistryOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.plumbline.yaml..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.snakeyaml..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.plumbline.(**)").should().beFreeOfCycles();

  /** Except between two looks at whether a Redis is ready. */
  @ArchTest
  static final ArchRule nothingSleeps =
      noClasses()
          .that(describe("do not wait for Redis", type -> !WAITING.contains(type.getName())))
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class);

  @ArchTest
  static final ArchRule nothingReadsTheWallClockBehindOnesBack =
      noClasses()
          .that(describe("do not make the clock", type -> !CLOCK_WIRING.contains(type.getName())))
          .should()
          .accessTargetWhere(readsTheWallClock());

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)");

  private static DescribedPredicate<JavaAccess<?>> readsTheWallClock() {
    return describe(
        "a clock of the machine is read",
        access -> CLOCKS.contains(access.getTargetOwner().getName() + "." + access.getName()));
  }

  private static String[] and(String[] some, String... more) {
    String[] all = Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}
