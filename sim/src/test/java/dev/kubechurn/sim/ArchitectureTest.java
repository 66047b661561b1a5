package dev.kubechurn.sim;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house rules of module sim. */
@AnalyzeClasses(packages = "dev.kubechurn", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule CORE_KNOWS_NOTHING_OF_THE_OTHERS = noClasses()
            .that()
            .resideInAPackage("dev.kubechurn.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kubechurn.sim..", "dev.kubechurn.reports..", "dev.kubechurn.bench..");

    @ArchTest
    static final ArchRule REPORTS_KNOWS_NOTHING_OF_KUBERNETES = noClasses()
            .that()
            .resideInAPackage("dev.kubechurn.reports..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.kubechurn.sim..", "dev.kubechurn.core..", "dev.kubechurn.bench..", "io.fabric8..");

    @ArchTest
    static final ArchRule PACKAGES_HAVE_NO_CYCLES =
            slices().matching("dev.kubechurn.sim.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule ONLY_THE_COMMAND_LINE_PRINTS = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kubechurn.sim.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule NOBODY_SLEEPS =
            noClasses().should().callMethod(Thread.class, "sleep", long.class).because("an event can tell");

    @ArchTest
    static final ArchRule ONLY_THE_ENGINE_READS_THE_MONOTONIC_CLOCK = noClasses()
            .that()
            .resideOutsideOfPackage("dev.kubechurn.sim.engine..")
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule NO_DRAWERS = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper");

    @ArchTest
    static final ArchRule NO_STATIC_MUTABLE_STATE =
            fields().that().areStatic().should().haveModifier(JavaModifier.FINAL);
}
