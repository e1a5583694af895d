package dev.plumbline.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What benchmarks see; that nothing sees them is so because no module depends on theirs. */
@AnalyzeClasses(
    packages = "dev.plumbline.bench",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BenchArchitectureTest {
  @ArchTest
  static final ArchRule benchmarksGoThroughTheOfflineHalf =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.plumbline.cli..",
              "dev.plumbline.law..",
              "dev.plumbline.online..",
              "dev.plumbline.client..",
              "io.grpc..",
              "org.jdbi..");

  /** It measures the store against Redis without it. */
  @ArchTest
  static final ArchRule redisIsSeenByTheBenchmarkOfTheStoreOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.plumbline.bench.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lettuce..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.plumbline.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)");
}
