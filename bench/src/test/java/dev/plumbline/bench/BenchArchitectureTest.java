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
  static final ArchRule benchmarksKnowNoCommands =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.plumbline.cli..", "dev.plumbline.law..", "dev.plumbline.client..", "org.jdbi..");

  @ArchTest
  static final ArchRule onlyServingIsMeasuredOverTheNetwork =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.plumbline.bench.online..", "dev.plumbline.bench.plain.v1..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.plumbline.online..", "dev.plumbline.load..", "io.grpc..", "io.lettuce..");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.plumbline.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses().should().haveNameMatching(".*(Util|Utils|Manager|Helper|Impl)");
}
