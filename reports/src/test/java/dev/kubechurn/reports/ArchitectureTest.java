package dev.kubechurn.reports;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.kubechurn", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("dev.kubechurn.reports..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.kubechurn..").and(not(resideInAPackage("dev.kubechurn.reports.."))));

    @ArchTest
    static final ArchRule KNOWS_NO_KUBERNETES =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.fabric8..");

    @ArchTest
    static final ArchRule RESULT_KNOWS_NO_RENDERER = noClasses()
            .that()
            .resideInAPackage("dev.kubechurn.reports.result..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kubechurn.reports.render..");

    @ArchTest
    static final ArchRule STATISTICS_KNOW_NUMBERS_ONLY = noClasses()
            .that()
            .resideInAPackage("dev.kubechurn.reports.stats..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.kubechurn.reports..")
                    .and(not(resideInAPackage("dev.kubechurn.reports.stats.."))));

    @ArchTest
    static final ArchRule THE_GATE_KNOWS_NO_RENDERER = noClasses()
            .that()
            .resideInAnyPackage("dev.kubechurn.reports.gate..", "dev.kubechurn.reports.result..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.kubechurn.reports.render..");

    @ArchTest
    static final ArchRule NO_DRAWERS = classes()
            .should()
            .haveSimpleNameNotEndingWith("Util")
            .andShould()
            .haveSimpleNameNotEndingWith("Utils")
            .andShould()
            .haveSimpleNameNotEndingWith("Helper");
}
