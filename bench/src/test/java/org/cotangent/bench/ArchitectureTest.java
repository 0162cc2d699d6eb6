package org.cotangent.bench;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may use what, over all modules; here, because only this module sees them all. */
class ArchitectureTest {
  private static JavaClasses all;

  @BeforeAll
  static void readClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.cotangent");
  }

  @Test
  void autodiffUsesNoOtherModule() {
    mayNotUse("autodiff", "metatensor", "gpu", "atomistic", "bench");
  }

  @Test
  void metatensorUsesOnlyAutodiff() {
    mayNotUse("metatensor", "gpu", "atomistic", "bench");
  }

  @Test
  void gpuUsesOnlyAutodiff() {
    mayNotUse("gpu", "metatensor", "atomistic", "bench");
  }

  @Test
  void atomisticUsesNeitherGpuNorBench() {
    mayNotUse("atomistic", "gpu", "bench");
  }

  @Test
  void namesSayWhatAClassIsFor() {
    noClasses()
        .should()
        .haveNameMatching(
            "(?i).*\\.(utils?|helpers?|managers?|commons?|misc)\\..*"
                + "|(?-i).*(Utils?|Helpers?|Managers?|Commons?|Misc)(\\$.*)?")
        .because("such names say nothing; name the topic")
        .allowEmptyShould(true)
        .check(all);
  }

  /**
   * The package of the module's own name holds its vocabulary, which the packages below it use and
   * which starts them; among those below there is an order.
   */
  @ParameterizedTest
  @ValueSource(strings = {"autodiff", "metatensor", "gpu", "atomistic", "bench"})
  void packagesOfAModuleHaveNoCycles(String module) {
    slices()
        .matching("org.cotangent." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void onlyTheCommandLineAndBenchmarksPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("..cli..", "org.cotangent.bench..")
        .should(ACCESS_STANDARD_STREAMS)
        .because("a library says what it has to say in results, exceptions and System.Logger")
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void kernelsUseNoStreams() {
    noClasses()
        .that()
        .resideInAPackage("org.cotangent.autodiff.kernels..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.stream..")
        .because("a stream in a numeric loop costs more than the loop")
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void kernelsUseNoLambdas() {
    classes()
        .that()
        .resideInAPackage("org.cotangent.autodiff.kernels..")
        .should(haveNoLambdas())
        .because("a loop shared by several lambdas runs many times slower than a loop of its own")
        .allowEmptyShould(true)
        .check(all);
  }

  @Test
  void kernelsUseVectorsOfOneLength() {
    noClasses()
        .that()
        .resideInAPackage("org.cotangent.autodiff.kernels..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("jdk.incubator.vector.VectorShape")
        .orShould()
        .accessFieldWhere(namesALength())
        .because(
            "where the Vector API has met vectors of two lengths, compiled loops may put each"
                + " vector they load on the heap")
        .allowEmptyShould(true)
        .check(all);
  }

  /** Of the species that classes of vectors have as constants, all but the machine's own. */
  private static DescribedPredicate<JavaFieldAccess> namesALength() {
    return DescribedPredicate.describe(
        "its target is a species of a certain length",
        access -> access.getName().matches("SPECIES_(\\d+|MAX)"));
  }

  private static void mayNotUse(String module, String... others) {
    String[] packages = new String[others.length];
    for (int i = 0; i < others.length; i++) {
      packages[i] = "org.cotangent." + others[i] + "..";
    }
    noClasses()
        .that()
        .resideInAPackage("org.cotangent." + module + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(true)
        .check(all);
  }

  /** What a lambda or a method reference leaves in the class that has it. */
  private static ArchCondition<JavaClass> haveNoLambdas() {
    return new ArchCondition<>("have no lambdas") {
      @Override
      public void check(JavaClass owner, ConditionEvents events) {
        owner.getCodeUnits().stream()
            .flatMap(unit -> unit.getCallsFromSelf().stream())
            .filter(call -> call.isDeclaredInLambda())
            .forEach(
                call -> events.add(SimpleConditionEvent.violated(owner, call.getDescription())));
        owner.getCodeUnits().stream()
            .flatMap(
                unit ->
                    Stream.concat(
                        unit.getMethodReferencesFromSelf().stream(),
                        unit.getConstructorReferencesFromSelf().stream()))
            .forEach(
                reference ->
                    events.add(SimpleConditionEvent.violated(owner, reference.getDescription())));
      }
    };
  }
}
