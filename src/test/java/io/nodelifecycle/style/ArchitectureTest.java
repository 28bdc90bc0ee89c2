package io.nodelifecycle.style;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The layers of the project, read from the compiled classes. */
final class ArchitectureTest {
  private static final String SYSTEM_TIME = PackageTable.BASE + ".runtime.SystemTime";
  private static final String MAIN = PackageTable.BASE + ".Main";

  /** Everything that {@code core} may use besides itself; there are no threads and no files. */
  private static final String[] CORE_LIBRARIES = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.invoke",
    "java.lang.runtime",
    "java.time..",
    "java.util",
    "java.util.function",
    "java.util.regex",
    "java.util.stream",
    "org.jspecify.annotations"
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages(PackageTable.BASE);

  @Test
  void packagesUseOnlyWhatTheTableAllows() {
    check(classes().should(new KeepsToTheTable()));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching(PackageTable.BASE + ".(*)..").should().beFreeOfCycles());
    check(slices().matching(PackageTable.BASE + ".core.(*)..").should().beFreeOfCycles());
  }

  @Test
  void coreUsesOnlyValuesTimeAndCollections() {
    check(
        classes()
            .that()
            .resideInAPackage(PackageTable.BASE + ".core..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(CORE_LIBRARIES)
                    .or(resideInAnyPackage(PackageTable.BASE + ".core.."))
                    .or(describe("primitives", JavaClass::isPrimitive))
                    .or(describe("arrays", JavaClass::isArray))));
    check(
        noClasses()
            .that()
            .resideInAPackage(PackageTable.BASE + ".core..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Thread.class));
  }

  @Test
  void onlyKubernetesUsesItsClientLibrary() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(PackageTable.BASE + ".kubernetes..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.fabric8.."));
  }

  @Test
  void onlyMetricsUseTheirLibrary() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(PackageTable.BASE + ".observe.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.prometheus.."));
  }

  @Test
  void runtimeKnowsNoWireFormat() {
    check(
        noClasses()
            .that()
            .resideInAPackage(PackageTable.BASE + ".runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("tools.jackson..", "com.fasterxml..", "java.net.."));
  }

  @Test
  void onlySystemTimeReadsClocksAndSleeps() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(SYSTEM_TIME)
            .should()
            .accessTargetWhere(
                target(
                    "reads a clock or sleeps",
                    "java\\.lang\\.System\\.(currentTimeMillis|nanoTime)"
                        + "|java\\.time\\.\\w+\\.now"
                        + "|java\\.time\\.Clock\\.(system|tick)\\w*"
                        + "|java\\.lang\\.Thread\\.sleep"
                        + "|java\\.util\\.concurrent\\.TimeUnit\\.sleep"
                        + "|java\\.util\\.concurrent\\.locks\\.LockSupport\\.park(Nanos|Until)"
                        + "|java\\.util\\.Date\\.<init>")));
  }

  @Test
  void onlyMainExitsAndReadsTheEnvironment() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(MAIN)
            .should()
            .accessTargetWhere(
                target(
                    "exits or reads the environment",
                    "java\\.lang\\.System\\.(exit|getenv)"
                        + "|java\\.lang\\.Runtime\\.(exit|halt)")));
  }

  @Test
  void staticFieldsAreFinal() {
    check(fields().that().areStatic().should().beFinal());
  }

  @Test
  void classesAreFinal() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveModifier(JavaModifier.ABSTRACT)
            .and(describe("are no case of an enum", type -> !isEnumConstant(type)))
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  /** Packages come one after the other: a rule about one that is not there yet holds. */
  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }

  private static boolean isEnumConstant(JavaClass type) {
    return type.getRawSuperclass().map(JavaClass::isEnum).orElse(false);
  }

  private static DescribedPredicate<JavaAccess<?>> target(String description, String names) {
    var pattern = Pattern.compile(names);
    return describe(
        description,
        access ->
            pattern
                .matcher(access.getTargetOwner().getName() + "." + access.getTarget().getName())
                .matches());
  }

  private static final class KeepsToTheTable extends ArchCondition<JavaClass> {
    KeepsToTheTable() {
      super("use only what the package table allows");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      if (!PackageTable.knows(type.getPackageName())) {
        events.add(violated(type, type.getName() + " is in a package without a row in the table"));
      }
      for (var dependency : type.getDirectDependenciesFromSelf()) {
        var used = dependency.getTargetClass().getBaseComponentType().getPackageName();
        if (PackageTable.isOurs(used) && !PackageTable.allows(type.getPackageName(), used)) {
          events.add(violated(type, dependency.getDescription()));
        }
      }
    }
  }
}
