package dev.kubechurn.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaModifier.FINAL;
import static com.tngtech.archunit.core.domain.JavaModifier.STATIC;
import static com.tngtech.archunit.core.domain.JavaModifier.SYNTHETIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The house rules that a compiler does not know. */
class ArchitectureTest {

    private static final String ROOT = "dev.kubechurn.core";
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void coreKnowsNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.kubechurn.sim..", "dev.kubechurn.reports..", "dev.kubechurn.bench..")
                .check(CORE);
    }

    @Test
    void apiDependsOnNothingOfCore() {
        mayDependOnlyOn("api");
    }

    @Test
    void reflectorDependsOnApiOnly() {
        mayDependOnlyOn("reflector", "api");
    }

    @Test
    void storeDependsOnReflectorAndApiOnly() {
        mayDependOnlyOn("store", "reflector", "api");
    }

    @Test
    void podDependsOnNothingOfCore() {
        mayDependOnlyOn("pod");
    }

    @Test
    void managerDependsOnPodStoreAndApiOnly() {
        mayDependOnlyOn("manager", "pod", "store", "api");
    }

    @Test
    void envDependsOnStoreAndApiOnly() {
        mayDependOnlyOn("env", "store", "api");
    }

    @Test
    void volumeDependsOnStoreAndApiOnly() {
        mayDependOnlyOn("volume", "store", "api");
    }

    @Test
    @DisplayName("Environments and volumes are made from the model: no client, no transport, no JSON")
    void envAndVolumeKnowOfOthersTheModelOnly() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".env", ROOT + ".volume")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages("java..", "org.jspecify..", "io.fabric8.kubernetes.api.model..", ROOT + "..")
                .check(CORE);
    }

    @Test
    @DisplayName("The adapter to fabric8's client is a leaf: the rest knows the port only")
    void nothingDependsOnTheAdapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".fabric8..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + ".fabric8..")
                .check(CORE);
    }

    @Test
    @DisplayName("Time and threads come from outside")
    void timeAndThreadsComeFromOutside() {
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CORE);
        noClasses().should().callMethod(System.class, "nanoTime").check(CORE);
        noClasses().should().callMethodWhere(callsTo(Thread.class, "sleep")).check(CORE);
        noClasses().should().callConstructorWhere(constructs(Thread.class)).check(CORE);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .check(CORE);
    }

    @Test
    void noDrawers() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .check(CORE);
    }

    @Test
    void noMutableStatics() {
        fields().that(handWrittenStatics()).should().haveModifier(FINAL).check(CORE);
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        Set<String> packages = CORE.stream()
                .map(JavaClass::getPackage)
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(packages).contains(ROOT + ".api", ROOT + ".store");
        for (String name : packages) {
            Class<?> info = Class.forName(name + ".package-info");
            assertThat(info.isAnnotationPresent(NullMarked.class)).as(name).isTrue();
        }
    }

    private static void mayDependOnlyOn(String from, String... others) {
        String[] allowed = Stream.concat(Stream.of(from), Arrays.stream(others))
                .map(name -> ROOT + "." + name)
                .toArray(String[]::new);
        Set<String> permitted = Set.of(allowed);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + from)
                .should()
                .dependOnClassesThat(describe(
                        "are of core, but of none of " + permitted,
                        type -> type.getPackageName().startsWith(ROOT) && !permitted.contains(type.getPackageName())))
                .check(CORE);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> callsTo(
            Class<?> owner, String method) {
        return describe(
                owner.getSimpleName() + "." + method,
                call -> call.getTargetOwner().isEquivalentTo(owner)
                        && call.getTarget().getName().equals(method));
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaConstructorCall> constructs(Class<?> type) {
        return describe(
                "new " + type.getSimpleName(), call -> call.getTargetOwner().isAssignableTo(type));
    }

    private static DescribedPredicate<JavaField> handWrittenStatics() {
        return describe(
                "are static",
                field -> field.getModifiers().contains(STATIC)
                        && !field.getModifiers().contains(SYNTHETIC));
    }
}
